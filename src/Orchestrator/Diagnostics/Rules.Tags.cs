namespace Orchestrator.Diagnostics;

/// <summary>ORC405x and ORC406x: versions, commits, branches and the tags made of them.</summary>
internal static partial class Rules
{
    public static readonly Rule InvalidVersion = new(
        "ORC4050", Severity.Error, "'{0}' is not a version.",
        "Write one such as 1.4.0 or 1.5.0-rc.1: with --version, or as the Version property of the project.");

    public static readonly Rule InvalidCommit = new(
        "ORC4051", Severity.Error, "'{0}' is not a commit.",
        "Write its hash, of at least 7 digits: with --commit, or as the SourceRevisionId property of the project.");

    public static readonly Rule UnknownPlaceholder = new(
        "ORC4052", Severity.Error, "'{0}', at character {2} of '{1}', is not a placeholder.{3} There are {4}.",
        "Correct the placeholder in publish_tags.");

    public static readonly Rule BrokenTagTemplate = new(
        "ORC4053", Severity.Error, "The tag template '{0}' cannot be read at character {1}: {2}.",
        "Correct the template in publish_tags.");

    public static readonly Rule TagTemplateNotQuoted = new(
        "ORC4054", Severity.Error, "A tag template that begins with '{' needs quotes, or YAML takes it for a mapping.",
        "Put the template in quotes: \"{version}\".");

    public static readonly Rule TagValueMissing = new(
        "ORC4055", Severity.Error, "The tag template '{0}' needs the {1}, and there is none: {2}.",
        "Give the value that the message names, or remove the template.");

    public static readonly Rule InvalidTag = new(
        "ORC4056", Severity.Error, "The tag template '{0}' gives '{1}', which is not a tag: {2}.",
        "Correct the template, or the value that it takes in.");

    public static readonly Rule InvalidRepository = new(
        "ORC4057", Severity.Error, "'{0}' cannot be published as '{1}': {2}.",
        "Correct 'registry' or the image's name.");

    public static readonly Rule NoRegistry = new(
        "ORC4058", Severity.Error, "Nothing says which registry '{0}' is published to.",
        "Set 'registry:', such as ghcr.io/acme, at the top of the graph file, or give the image a name with a registry.");

    public static readonly Rule TagClaimedTwice = new(
        "ORC4059", Severity.Error, "'{0}' and '{1}' would both be published as '{2}'; '{1}' has the template at {3}.",
        "Give one of them publish_tags of its own, or tell them apart with {target}.");

    public static readonly Rule DirtyRelease = new(
        "ORC4060", Severity.Warning, "The version {0} comes from {1}, but the tree differs from it: '{2}' is changed or not committed.",
        "Publish from a clean clone of the tag.");

    public static readonly Rule NothingToPublish = new(
        "ORC4061", Severity.Warning, "No image has publish_tags that apply{0}, so nothing would be published.",
        "Add publish_tags, such as [\"{version}\", latest], at the top of the graph file or to an image; a prerelease gets those with {version}, {sha}, {branch} or {key} only.");

    public static readonly Rule VersionsNotShown = new(
        "ORC4062", Severity.Warning, "'{0}' goes to a lower version too, for no tag beside it shows which versions are published.",
        "Add \"{version}\" to publish_tags; a template that also has {sha} or {key} in it is another tag each time and shows nothing.");
}
