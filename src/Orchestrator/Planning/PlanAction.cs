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

    /// <summary>A registry has an image with this key, and it need not be on the engine.</summary>
    Present,

    /// <summary>The engine has an image with this key, and the registry that is to have it has not.</summary>
    Push,

    /// <summary>No image with this key exists.</summary>
    Build,

    /// <summary>It cannot be built because something that it is built from cannot.</summary>
    Blocked,
}
