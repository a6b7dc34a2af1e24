using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>The daemon wants a part of a context that the plan does not have: its frontend reads the Dockerfile in another way than we do.</summary>
internal sealed class UnplannedRequestException(string path) : SyncTreeException($"the builder asks for '{path}', which the plan does not cover")
{
    public string RequestedPath { get; } = path;
}
