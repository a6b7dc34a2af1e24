using Orchestrator.Contexts;

namespace Orchestrator.Keys;

/// <summary>The writer that hashes: what the walk visits becomes the key.</summary>
internal sealed class KeyWriter : IKeySink, IDisposable
{
    private readonly FieldHash _hash = new();

    public void Field(string name, string? value) => _hash.Field(name, value);

    public void List(string name, int count) => _hash.List(name, count);

    public void Files(string context, ContextSnapshot snapshot) => _hash.Field(context, snapshot.Digest);

    public CacheKey Finish() => new(_hash.Finish());

    public void Dispose() => _hash.Dispose();
}
