namespace Orchestrator.Contexts;

/// <summary>What a build context holds after its ignore file, every regular file hashed; in the order of the wire.</summary>
internal sealed record ContextSnapshot(string Directory, IReadOnlyList<ContextEntry> Entries)
{
    public static ContextSnapshot Nothing(string directory) => new(directory, []);
}
