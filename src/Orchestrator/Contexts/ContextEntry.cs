using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>One entry of a build context as it was hashed.</summary>
/// <param name="Entry">What the daemon is told: path, mode, size, link target; its time carries 30 bits of the content's hash.</param>
/// <param name="Hash">Of a regular file's bytes.</param>
/// <param name="OnDisk">The entry as the walk found it, real time included; by this the file is opened again.</param>
internal sealed record ContextEntry(SyncEntry Entry, ContentHash Hash, SyncEntry OnDisk);
