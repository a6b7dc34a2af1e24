namespace Orchestrator.Contexts;

/// <summary>What a build can see of a context, every regular file hashed; in the order of the wire.</summary>
internal sealed class ContextSnapshot(ContextRequest request, IReadOnlyList<ContextEntry> entries)
{
    private readonly Lazy<string> _digest = new(() => Compute(entries));

    public ContextRequest Request { get; } = request;

    public IReadOnlyList<ContextEntry> Entries { get; } = entries;

    /// <summary>Over path, mode, link target and content of every entry; computed once, however many images use it.</summary>
    public string Digest => _digest.Value;

    public static ContextSnapshot Nothing(ContextSource source) => new(new ContextRequest(source, null, []), []);

    private static string Compute(IReadOnlyList<ContextEntry> entries)
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
