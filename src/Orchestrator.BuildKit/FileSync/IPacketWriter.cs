using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>The wire towards the daemon: one packet at a time, serialised before the task completes.</summary>
internal interface IPacketWriter
{
    ValueTask WriteAsync(Packet packet, CancellationToken cancellationToken);
}
