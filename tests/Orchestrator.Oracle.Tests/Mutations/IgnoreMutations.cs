using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of ignore files: a line more, a line less, another order, gone, new.</summary>
internal static class IgnoreMutations
{
    public static Mutant? OfImage(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        return Change(scenario, chance, image.Context == "." ? ".dockerignore" : $"{image.Context}/.dockerignore");
    }

    public static Mutant? OfNamedContext(Scenario scenario, Chance chance) => Change(scenario, chance, "shared/.dockerignore");

    public static Mutant? OfDockerfile(Scenario scenario, Chance chance) => Change(scenario, chance, chance.Of(scenario.Images).DockerfilePath + ".dockerignore");

    private static Mutant Change(Scenario scenario, Chance chance, string path)
    {
        if (!scenario.Files.TryGetValue(path, out var entry))
        {
            var text = ContextGenerator.Ignore(chance);
            return new Mutant(scenario.With(path, Entry.File(text)), $"new '{path}': {Show(text)}");
        }

        if (chance.Happens(15))
        {
            return new Mutant(scenario.Without(path), $"'{path}' is gone; it was {Show(entry.Text)}");
        }

        var lines = entry.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        switch (chance.Below(4))
        {
            case 0 when lines.Count > 0:
                lines.RemoveAt(chance.Below(lines.Count));
                break;
            case 1 when lines.Count > 1:
                lines.Reverse();
                break;
            default:
                lines.Insert(chance.Below(lines.Count + 1), chance.Of(ContextGenerator.Patterns));
                break;
        }

        var changed = string.Concat(lines.Select(line => line + "\n"));
        return new Mutant(scenario.With(path, Entry.File(changed)), $"'{path}' from {Show(entry.Text)} to {Show(changed)}");
    }

    private static string Show(string text) => "[" + text.TrimEnd('\n').Replace("\n", " | ", StringComparison.Ordinal) + "]";
}
