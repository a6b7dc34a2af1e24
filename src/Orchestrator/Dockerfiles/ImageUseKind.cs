namespace Orchestrator.Dockerfiles;

/// <summary>How an image takes part in a build.</summary>
internal enum ImageUseKind
{
    From,
    CopyFrom,
    MountFrom,

    /// <summary>The frontend that reads the Dockerfile: <c># syntax</c> or the argument BUILDKIT_SYNTAX.</summary>
    Syntax,

    /// <summary>A named context in place of the stage of the same name.</summary>
    StageReplacement,
}
