namespace Orchestrator.Planning;

/// <summary>What has to happen to an image.</summary>
internal enum PlanAction
{
    /// <summary>An image with this key exists and has all its names.</summary>
    UpToDate,

    /// <summary>An image with this key exists, but a name is missing or points elsewhere.</summary>
    Retag,

    /// <summary>The engine has no image with this key, and a registry has.</summary>
    Pull,

    /// <summary>No image with this key exists.</summary>
    Build,

    /// <summary>It cannot be built because something that it is built from cannot.</summary>
    Blocked,
}
