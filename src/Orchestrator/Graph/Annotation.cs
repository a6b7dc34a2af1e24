namespace Orchestrator.Graph;

/// <summary>What annotations annotate (https://specs.opencontainers.org/image-spec/annotations); it stands before their names.</summary>
internal static class Annotation
{
    /// <summary>The manifest of an image.</summary>
    public const string Manifest = "manifest";

    /// <summary>The index that an image lies in.</summary>
    public const string Index = "index";

    /// <summary>What the index says of an image.</summary>
    public const string ManifestDescriptor = "manifest-descriptor";

    /// <summary>The exporter's attribute.</summary>
    /// <param name="annotation">Place, colon and name.</param>
    public static string Attribute(string annotation)
    {
        var colon = annotation.IndexOf(':', StringComparison.Ordinal);
        return (annotation[..colon] == Manifest ? "annotation" : "annotation-" + annotation[..colon]) + "." + annotation[(colon + 1)..];
    }
}
