namespace Orchestrator.Registry;

/// <summary>The media types of manifests that are read here, and what they mean.</summary>
public static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    internal static readonly IReadOnlyList<string> Manifests = [OciIndex, OciManifest, DockerList, DockerManifest];

    /// <summary>Whether it names several manifests instead of layers.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerList;

    public static bool IsImage(string mediaType) => mediaType is OciManifest or DockerManifest;
}
