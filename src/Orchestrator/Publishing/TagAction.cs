namespace Orchestrator.Publishing;

/// <summary>What has to happen to a tag in a registry.</summary>
internal enum TagAction
{
    /// <summary>There is no such tag yet.</summary>
    Create,

    /// <summary>It stands for this image already.</summary>
    Keep,

    /// <summary>It stands for another image, and moves.</summary>
    Move,

    /// <summary>It stands for a higher version, and stays there.</summary>
    Stay,

    /// <summary>It names a version, for good, and stands for another image: an error.</summary>
    Conflict,
}
