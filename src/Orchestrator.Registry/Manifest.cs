using System.Text.Json;

namespace Orchestrator.Registry;

/// <summary>The manifest of an image or an index, byte for byte as it is stored, with what it names.</summary>
public sealed record Manifest
{
    /// <summary>Longest manifest that is read, in bytes; registries accept at least 4 MiB.</summary>
    internal const int LongestBytes = 16 * 1024 * 1024;

    private Manifest(ReadOnlyMemory<byte> content, Digest digest, ManifestContent parts)
    {
        Content = content;
        Digest = digest;
        MediaType = parts.MediaType;
        Config = parts.Config;
        Layers = parts.Layers;
        Manifests = parts.Manifests;
        Subject = parts.Subject;
        ArtifactType = parts.ArtifactType;
        Annotations = parts.Annotations;
    }

    public ReadOnlyMemory<byte> Content { get; }

    public Digest Digest { get; }

    public string MediaType { get; }

    /// <summary>Null for an index.</summary>
    public Descriptor? Config { get; }

    public IReadOnlyList<Descriptor> Layers { get; }

    /// <summary>What an index holds; empty for an image.</summary>
    public IReadOnlyList<Descriptor> Manifests { get; }

    /// <summary>The manifest that this one is about; null for most.</summary>
    public Descriptor? Subject { get; }

    public string ArtifactType { get; }

    public IReadOnlyDictionary<string, string> Annotations { get; }

    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    public Descriptor Descriptor => new(MediaType, Digest, Content.Length) { ArtifactType = ArtifactType, Annotations = Annotations };

    /// <param name="declaredType">The media type that came with it; empty when none did.</param>
    /// <exception cref="FormatException">It is not a manifest of a kind that is known here.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> content, string declaredType) => Read(content, declaredType, Digest.Of(content.Span));

    /// <param name="digest">Already checked.</param>
    internal static Manifest Read(ReadOnlyMemory<byte> content, string declaredType, Digest digest)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return new Manifest(content, digest, ManifestContent.Read(document.RootElement, declaredType));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"its content is not a manifest: {exception.Message}", exception);
        }
    }
}
