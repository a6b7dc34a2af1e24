namespace Orchestrator.Diagnostics;

/// <content>ORC400x to ORC404x: registries, pushing, promoting.</content>
internal static partial class Rules
{
    public static readonly Rule NotBuilt = new(
        "ORC4001", Severity.Error, "'{0}' cannot be pushed, for it is neither on the engine nor in its registry: {1}.",
        "Run `orchestrator build`, or `orchestrator push --build`.");

    public static readonly Rule RegistryDenied = new(
        "ORC4002", Severity.Error, "A registry refuses: {0}",
        "Log in to it with `docker login`, as somebody who may do that; when the login is good, ask the registry's owner for the right.");

    public static readonly Rule RegistryUnreachable = new(
        "ORC4003", Severity.Error, "A registry cannot be reached, or does not answer: {0}",
        "See whether the registry runs and can be reached from here. What was pushed stays; the next run goes on from there.");

    public static readonly Rule RegistryRefused = new(
        "ORC4004", Severity.Error, "A registry answers with an error: {0}",
        "The registry's own words say why: a full disk, a quota, a policy. What was pushed stays; the next run goes on from there.");

    public static readonly Rule RegistryLies = new(
        "ORC4005", Severity.Error, "A registry gives what it should not: {0}",
        "See whether it is the registry or a proxy before it that gives content which is not what its digest says. Nothing was taken from it.");

    public static readonly Rule VersionTaken = new(
        "ORC4006", Severity.Error, "'{0}' was published already with another image, which has {1}; this one has the key {2}.",
        "Publish under a new version, for a version is published once. To withdraw the old one, remove its tag in the registry. A prerelease that git tells counts commits, so another branch, or another commit of the same height, may have it: publish \"{version}-{sha}\" instead, or give --version.");

    public static readonly Rule ForeignKeyTag = new(
        "ORC4007", Severity.Error, "'{0}', the key tag of '{1}', stands for an image that has {2}: somebody else wrote it.",
        "Remove the tag in the registry, and whatever writes tags that begin with key-.");

    public static readonly Rule PushFailed = new(
        "ORC4008", Severity.Error, "The engine cannot push '{0}': {1}",
        "The engine's or the registry's own words say why. What was pushed stays; the next run goes on from there.");

    public static readonly Rule PushNotThere = new(
        "ORC4009", Severity.Error, "'{0}' was pushed as {1}, but the registry has {2}.",
        "Somebody wrote or removed the tag at the same time, or the registry lost it; run the command again.");

    public static readonly Rule ReleaseManifestUnusable = new(
        "ORC4010", Severity.Error, "This is not a release manifest that can be used: {0}.",
        "Name a file that `orchestrator push --manifest` wrote, with a version of this program that knows its form.");

    public static readonly Rule ReleaseManifestNotWritten = new(
        "ORC4011", Severity.Error, "The release is published, but its manifest cannot be written: {0}.",
        "Correct the path and run the command again: it finds everything in place and only writes the file.");

    public static readonly Rule NoReleaseManifest = new(
        "ORC4026", Severity.Error, "There is no release to write to '{0}', for nothing is published.",
        "See to it that an image has publish_tags that apply to this version, or leave --manifest away.");

    public static readonly Rule TagMoved = new(
        "ORC4012", Severity.Error, "'{0}' moved: it was {1} and is {2} now. Nothing was tagged for it.",
        "See who moved the tag; then promote what is meant, by its digest or by the manifest of its release.");

    public static readonly Rule PromotionSourceMissing = new(
        "ORC4013", Severity.Error, "There is no '{0}' to promote.",
        "Correct the reference, or push the image first; a registry may also have deleted it.");

    public static readonly Rule PromotionTargetTaken = new(
        "ORC4014", Severity.Error, "'{0}' names a version, and stands for {1} instead of {2}.",
        "Promote under another version, for a version is published once. To withdraw the one that is there, remove its tag in the registry.");

    public static readonly Rule PromotionReference = new(
        "ORC4015", Severity.Error, "'{0}' cannot be promoted {1}: {2}.",
        "Write references such as registry.example/acme/api:1.4.0, or the file of a release manifest and the prefix of the repositories that it goes to.");

    public static readonly Rule ReleaseDiffers = new(
        "ORC4016", Severity.Error, "The release is not as its manifest says: {0}.",
        "Somebody moved or removed what the message names; promote or push the release again.");

    public static readonly Rule NothingDeleted = new(
        "ORC4017", Severity.Error, "The registry {0} deletes nothing for its clients: {1}",
        "Switch deletion on in the registry's configuration, or use its own rules for cleaning; key tags begin with key-.");

    public static readonly Rule AttestationsMissing = new(
        "ORC4018", Severity.Error, "'{0}' cannot be pushed as a whole: the engine does not have its attestations, it pulled the image without them.",
        "Promote it from the registry that it was pulled from, or build it here with `orchestrator build --no-cache` and its name.");

    public static readonly Rule PlatformsNotPushed = new(
        "ORC4023", Severity.Error, "'{0}' was pushed, but '{2}' is not all that it is for {1}: the engine sent only what its store has.",
        "Build it again with `orchestrator build --no-cache` and its name, and push it then; until that nothing takes what is there for this image.");

    public static readonly Rule PromotionClaimedTwice = new(
        "ORC4024", Severity.Error, "'{0}' and '{1}' of the release would both be promoted as '{2}'.",
        "Promote them one by one, each to a tag of its own; without --tag they keep the tags of the release.");

    public static readonly Rule RepositoryNotSeen = new(
        "ORC4025", Severity.Warning, "'{0}' cannot be seen, so what is shown for it holds only if it is not there yet: {1}",
        "Before a first push nothing has to be done: some registries refuse to show what is not there. Else log in with `docker login` as somebody who may read it.",
        IsOfTheMoment: true);

    public static readonly Rule HigherVersionBroken = new(
        "ORC4027", Severity.Warning, "'{0}' stays with a lower version although {1} is published, for '{2}' cannot be read.",
        "Push or promote the higher version again where its image is, or remove its tag in the registry; then run this command again.");

    public static readonly Rule ReleasesApart = new(
        "ORC4028", Severity.Warning, "'{0}' does not stand for one release: it stays with a higher version in {1}, and is this release in {2}.",
        "Where the push or promotion of the higher version broke off, run it again; where it was withdrawn, remove what is left of its tags. Images that it does not have are right so.");

    public static readonly Rule MemoryNotAsked = new(
        "ORC4020", Severity.Warning, "The registry does not tell what is built already: {0}",
        "What it does not tell is built here. See whether it can be reached and read; `cache: { registry: false }` asks none.",
        IsOfTheMoment: true);

    public static readonly Rule NoRegistryOutput = new(
        "ORC4022", Severity.Error, "Images cannot be left in their registry, for {0}.",
        "Say `cache: { registry: PREFIX }` in images.yml, such as ghcr.io/acme/cache, or `true` where `registry` is set; or build without `--output registry`.");

    public static readonly Rule RememberedNotPulled = new(
        "ORC4021", Severity.Warning, "'{0}' is in the registry, but the engine cannot pull it, so it is built here: {1}",
        "Nothing has to be done for this build; the engine's own words say why it cannot pull.",
        IsOfTheMoment: true);
}
