namespace Orchestrator.Tagging;

/// <summary>What a published tag promises, and so when it may be written.</summary>
internal enum TagClass
{
    /// <summary>It names one version, for good: <c>1.4.0</c>. With another key behind it, publishing stops.</summary>
    Full,

    /// <summary>It names one commit or one key: <c>sha-0a1b2c3</c>.</summary>
    Commit,

    /// <summary>It goes from image to image: <c>latest</c>, <c>1.4</c>, <c>main</c>. Written after every full version is there.</summary>
    Moving,
}
