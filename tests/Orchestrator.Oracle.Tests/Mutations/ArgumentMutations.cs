using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of build arguments.</summary>
internal static class ArgumentMutations
{
    public static Mutant? Declared(Scenario scenario, Chance chance) => Set(scenario, chance, chance.Of("USED", "USED", "DECLARED", "GLOBAL", "LATE", "DIR", "ROOT"));

    public static Mutant? Undeclared(Scenario scenario, Chance chance) => Set(scenario, chance, chance.Of("UNDECLARED", "ANOTHER", "HTTP_PROXY", "BUILDKIT_CONTEXT_KEEP_GIT_DIR", "TARGETARCH", "MORE", "no_proxy"));

    public static Mutant? Default(Scenario scenario, Chance chance) => DockerfileMutations.Edit(scenario, chance, "ARG", line =>
        line.Contains("ROOT", StringComparison.Ordinal) ? line : line.Contains('=', StringComparison.Ordinal) && chance.Happens(70) ? line[..line.IndexOf('=', StringComparison.Ordinal)] + "=" + chance.Word() : line + "=" + chance.Word());

    private static Mutant? Set(Scenario scenario, Chance chance, string name)
    {
        var image = chance.Of(scenario.Images);
        if (image.Arguments.TryGetValue(name, out var before) && chance.Happens(30))
        {
            return new Mutant(scenario.With(image, image with { Arguments = image.Arguments.Remove(name) }), $"{image.Name}: argument {name}={before} is gone");
        }

        var value = name switch
        {
            "ROOT" => ScenarioGenerator.Shell,
            "DIR" => chance.Of("data", "lib"),
            "HTTP_PROXY" or "no_proxy" => "http://proxy.invalid:" + chance.Below(1000),
            "BUILDKIT_CONTEXT_KEEP_GIT_DIR" => chance.Of("0", "1"),
            _ => chance.Of(chance.Word(), "", "a b", "$x"),
        };
        return value == before ? null : new Mutant(scenario.With(image, image with { Arguments = image.Arguments.SetItem(name, value) }), $"{image.Name}: argument {name} from '{before ?? "(not given)"}' to '{value}'");
    }
}
