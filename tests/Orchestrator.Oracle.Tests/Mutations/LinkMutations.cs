using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of symbolic links.</summary>
internal static class LinkMutations
{
    public static Mutant? Target(Scenario scenario, Chance chance)
    {
        if (FileMutations.Pick(scenario, chance, entry => entry.Kind == EntryKind.Link) is not { } path)
        {
            return null;
        }

        var target = chance.Of("b.txt", "lib", "nowhere/else", "/a.txt", "../shared", "./" + scenario.Files[path].Target, "data/deep");
        return target == scenario.Files[path].Target ? null : new Mutant(scenario.With(path, Entry.Link(target)), $"'{path}' links to '{target}' instead of '{scenario.Files[path].Target}'");
    }

    public static Mutant? Kind(Scenario scenario, Chance chance)
    {
        if (chance.Happens(50) && FileMutations.Pick(scenario, chance, entry => entry.Kind == EntryKind.Link) is { } link)
        {
            return new Mutant(scenario.With(link, Entry.File("no link\n")), $"'{link}' is a file now, no link");
        }

        if (FileMutations.File(scenario, chance) is not { } path)
        {
            return null;
        }

        var target = chance.Of("a.txt", "data/one.csv", "nowhere", "main.py");
        return new Mutant(scenario.With(path, Entry.Link(target)), $"'{path}' is a link to '{target}' now, no file");
    }
}
