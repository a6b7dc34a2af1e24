namespace Orchestrator.Graph.TagTemplates;

/// <summary>What a tag template can take in. The names in a template are these, in lower case.</summary>
internal enum TagPlaceholder
{
    /// <summary>The version without build metadata, such as <c>1.4.0</c> or <c>1.5.0-rc.1</c>.</summary>
    Version,

    Major,

    Minor,

    Patch,

    /// <summary>What is behind the dash of a prerelease, such as <c>rc.1</c>.</summary>
    Prerelease,

    /// <summary>The first 7 digits of the commit, or as many as are asked for.</summary>
    Sha,

    /// <summary>The branch, made safe for a tag.</summary>
    Branch,

    /// <summary>The stage that the image is built from.</summary>
    Target,

    /// <summary>The first 12 digits of the cache key, or as many as are asked for.</summary>
    Key,
}
