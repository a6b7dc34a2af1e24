namespace Orchestrator.BuildKit.Control;

/// <summary>The paths of the control API's methods.</summary>
internal static class ControlMethods
{
    private const string Service = "/moby.buildkit.v1.Control/";

    public const string DiskUsage = Service + "DiskUsage";
    public const string Info = Service + "Info";
    public const string ListWorkers = Service + "ListWorkers";
    public const string Prune = Service + "Prune";
    public const string Session = Service + "Session";
    public const string Solve = Service + "Solve";
    public const string Status = Service + "Status";
}
