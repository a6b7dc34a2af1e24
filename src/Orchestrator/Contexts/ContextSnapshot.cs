using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>What a build can see of a context, every regular file hashed; in the order of the wire.</summary>
internal sealed class ContextSnapshot(ContextRequest request, IReadOnlyList<ContextEntry> entries)
{
    private readonly Lazy<string> _digest = new(() => Compute(entries));
    private readonly Lazy<string> _directoryModes = new(() => Compute(entries.Where(entry => entry.Entry is { IsDirectory: true, Mode: not GoFileMode.PlainDirectory })));

    public ContextRequest Request { get; } = request;

    public IReadOnlyList<ContextEntry> Entries { get; } = entries;

    /// <summary>Over path, mode, link target and content of every entry; computed once, however many images use it.</summary>
    public string Digest => _digest.Value;

    /// <summary>
    /// Over the directories with other permissions than 0755. A builder that is sent a directory anew with other permissions changes its copy, but not the digest of it by which
    /// it finds the results of steps (fsutil's disk writer tells nobody), so that they would be those of the permissions before. A copy may only be added to by who has the same ones.
    /// </summary>
    public string DirectoryModes => _directoryModes.Value;

    public static ContextSnapshot Nothing(ContextSource source) => new(new ContextRequest(source, null, []), []);

    private static string Compute(IEnumerable<ContextEntry> entries)
    {
        using var key = new FieldHash();
        foreach (var (entry, hash, _) in entries)
        {
            key.Field("path", entry.Path);
            key.Field("mode", entry.Mode);
            key.Field("link", entry.LinkTarget);
            key.Field("content", hash);
        }

        return key.Finish();
    }
}
