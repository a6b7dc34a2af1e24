namespace Orchestrator.BuildKit.Control;

/// <summary>Paths of <c>moby.buildkit.v1.Control</c> (buildkit-wire 3).</summary>
internal static class ControlMethods
{
    private const string Service = "/moby.buildkit.v1.Control/";

    public const string Solve = Service + "Solve";
    public const string Status = Service + "Status";
    public const string Session = Service + "Session";
    public const string ListWorkers = Service + "ListWorkers";
    public const string Info = Service + "Info";
    public const string DiskUsage = Service + "DiskUsage";
    public const string Prune = Service + "Prune";
}
