namespace Orchestrator.Graph;

/// <summary>How much an attestation tells of how an image was built (https://docs.docker.com/build/metadata/attestations/slsa-provenance/).</summary>
internal enum ProvenanceMode
{
    None,

    /// <summary>When, by what and from which images; no arguments.</summary>
    Min,

    /// <summary>All of it: the Dockerfile, every step and the values of arguments, never those of secrets.</summary>
    Max,
}
