using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>A file is no longer what was hashed when the image was planned.</summary>
internal sealed class ContextChangedException(string path) : SyncTreeException($"'{path}' changed while building")
{
    /// <summary>Relative to the context.</summary>
    public string ChangedPath { get; } = path;
}
