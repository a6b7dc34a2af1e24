using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of a Dockerfile that mean nothing to BuildKit, or almost nothing.</summary>
internal static class LayoutMutations
{
    public static Mutant? Comment(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var at = 1 + chance.Below(image.Instructions.Count);
        var line = chance.Of("# " + chance.Word(), "", "  # indented", "#", "\n\n", "# trailing \\");
        return new Mutant(scenario.With(image, image with { Instructions = image.Instructions.Insert(at, line) }), $"{image.Name}: comment '{line}' before instruction {at}");
    }

    public static Mutant? Keyword(Scenario scenario, Chance chance) => DockerfileMutations.Edit(scenario, chance, "RUN|COPY|ENV|ARG|LABEL|FROM|WORKDIR", line =>
    {
        var keyword = DockerfileMutations.Keyword(line);
        var other = line.StartsWith(keyword, StringComparison.Ordinal) ? keyword.ToLowerInvariant() : keyword;
        return other + line[keyword.Length..];
    });

    public static Mutant? Continuation(Scenario scenario, Chance chance) => DockerfileMutations.Edit(scenario, chance, "RUN|COPY|ENV|LABEL|ARG|ADD", line =>
    {
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        return line.Contains("<<", StringComparison.Ordinal) || first < 0 ? line : line.Insert(first, chance.Of(" \\\n", " \\\n\n", " \\\n# inside\n", " \\  \n"));
    });
}
