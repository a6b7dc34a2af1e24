namespace Orchestrator.Dockerfiles;

/// <summary>The grammar of one instruction.</summary>
/// <param name="ChecksFlags">BuildKit ignores flags on ARG and STOPSIGNAL instead of refusing them.</param>
internal sealed record InstructionShape(string Keyword, ArgumentForm Form, bool ChecksFlags = true)
{
    /// <summary>https://docs.docker.com/reference/dockerfile/ and what the reader of BuildKit adds to it.</summary>
    private static readonly Dictionary<string, InstructionShape> ByKeyword = new[]
    {
        new InstructionShape("ADD", ArgumentForm.JsonOrWords)
        {
            Flags = [.. Of(FlagForm.Once, "chown", "chmod", "checksum"), .. Of(FlagForm.Switch, "link", "keep-git-dir", "unpack"), .. Of(FlagForm.Many, "exclude")],
        },
        new InstructionShape("ARG", ArgumentForm.Names, ChecksFlags: false),
        new InstructionShape("CMD", ArgumentForm.JsonOrText),
        new InstructionShape("COPY", ArgumentForm.JsonOrWords)
        {
            Flags = [.. Of(FlagForm.Once, "chown", "chmod", "from"), .. Of(FlagForm.Switch, "link", "parents"), .. Of(FlagForm.Many, "exclude")],
        },
        new InstructionShape("ENTRYPOINT", ArgumentForm.JsonOrText),
        new InstructionShape("ENV", ArgumentForm.Pairs),
        new InstructionShape("EXPOSE", ArgumentForm.Words),
        new InstructionShape("FROM", ArgumentForm.Words) { Flags = [.. Of(FlagForm.Once, "platform")] },
        new InstructionShape("HEALTHCHECK", ArgumentForm.Check)
        {
            Flags = [.. Of(FlagForm.Once, "interval", "timeout", "start-period", "start-interval", "retries")],
        },
        new InstructionShape("LABEL", ArgumentForm.Pairs),
        new InstructionShape("MAINTAINER", ArgumentForm.Text),
        new InstructionShape("ONBUILD", ArgumentForm.Trigger),
        new InstructionShape("RUN", ArgumentForm.JsonOrText)
        {
            Flags = [.. Of(FlagForm.Many, "mount", "device"), .. Of(FlagForm.Once, "network", "security")],
        },
        new InstructionShape("SHELL", ArgumentForm.JsonOrText),
        new InstructionShape("STOPSIGNAL", ArgumentForm.Text, ChecksFlags: false),
        new InstructionShape("USER", ArgumentForm.Text),
        new InstructionShape("VOLUME", ArgumentForm.JsonOrWords),
        new InstructionShape("WORKDIR", ArgumentForm.Text),
    }.ToDictionary(shape => shape.Keyword, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Keywords => ByKeyword.Keys;

    public IReadOnlyList<FlagShape> Flags { get; init; } = [];

    public static InstructionShape? Find(string keyword) => ByKeyword.GetValueOrDefault(keyword);

    private static IEnumerable<FlagShape> Of(FlagForm form, params string[] names) => names.Select(name => new FlagShape(name, form));
}
