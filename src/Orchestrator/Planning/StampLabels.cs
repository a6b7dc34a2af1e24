namespace Orchestrator.Planning;

/// <summary>The labels of an image's stamps (https://specs.opencontainers.org/image-spec/annotations). They are in no key.</summary>
internal static class StampLabels
{
    /// <summary>The commit that an image was built at.</summary>
    public const string Revision = "org.opencontainers.image.revision";

    /// <summary>The time that an image was built at, in UTC (RFC 3339).</summary>
    public const string Created = "org.opencontainers.image.created";
}
