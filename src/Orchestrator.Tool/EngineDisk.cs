using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Planning;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool;

/// <summary>The disk on which an engine keeps its data.</summary>
/// <param name="Folder">The engine's data root.</param>
/// <param name="Free">Bytes that are free.</param>
/// <param name="Size">Bytes in all.</param>
internal sealed record EngineDisk(string Folder, long Free, long Size)
{
    /// <summary>The next base image may fill it.</summary>
    private const long Little = 2_000_000_000;

    public bool IsLittle => Free < Little;

    public override string ToString() => $"{ByteText.Of(Free)} of {ByteText.Of(Size)} are free at {Folder}";

    /// <returns>Null where the engine is not on this machine, or keeps its data where we cannot look.</returns>
    public static EngineDisk? Of(DockerEndpoint endpoint, string folder)
    {
        try
        {
            if (endpoint.Address.Scheme == "unix" && Directory.Exists(folder))
            {
                var drive = new DriveInfo(folder);
                return new EngineDisk(folder, drive.AvailableFreeSpace, drive.TotalSize);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }

        return null;
    }

    /// <summary>Says before a build that it may not fit; costs nothing when nothing is built.</summary>
    public static void Check(Plan plan, EngineConnection connection, DiagnosticBag diagnostics)
    {
        var builds = plan.Images.Count(image => image.Action is PlanAction.Build or PlanAction.Pull);
        if (builds > 0 && Of(connection.Engine.Endpoint, connection.DataRoot) is { IsLittle: true } disk)
        {
            diagnostics.Add(Rules.LittleDisk.Anywhere(disk, builds));
        }
    }
}
