namespace Orchestrator.Registry;

/// <summary>What a manifest says about another content.</summary>
/// <param name="Size">In bytes.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary><c>os/architecture[/variant]</c>; empty when it is not said.</summary>
    public string Platform { get; init; } = "";

    /// <summary>What kind of artifact it is; empty for images.</summary>
    public string ArtifactType { get; init; } = "";

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Layers that may not be copied have places of their own.</summary>
    public bool IsForeign { get; init; }

    /// <summary>A statement about an image, as BuildKit puts beside it in an index; not an image that can run.</summary>
    public bool IsAttestation => Annotations.ContainsKey("vnd.docker.reference.type");

    /// <summary>The image that a statement is about, in the same index; null where it is none.</summary>
    public string? About => Annotations.GetValueOrDefault("vnd.docker.reference.digest");
}
