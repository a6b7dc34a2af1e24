using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of files and directories in contexts.</summary>
internal static class FileMutations
{
    private const int Execute = 0b001_000_000;
    private const int OthersWrite = 0b000_010_010;

    public static Mutant? Content(Scenario scenario, Chance chance) =>
        File(scenario, chance) is not { } path ? null : new Mutant(scenario.With(path, scenario.Files[path].WithContent([.. scenario.Files[path].Content, .. "more\n"u8])), $"'{path}' has one more line");

    public static Mutant? ContentUnseen(Scenario scenario, Chance chance)
    {
        if (Pick(scenario, chance, entry => entry.Kind == EntryKind.File && entry.Content.Length > 0) is not { } path)
        {
            return null;
        }

        var content = scenario.Files[path].Content.ToArray();
        content[0] = (byte)(content[0] == 'X' ? 'Y' : 'X');
        return new Mutant(scenario.With(path, scenario.Files[path].WithContentUnseen(content)), $"first byte of '{path}', size and time as before");
    }

    public static Mutant? Name(Scenario scenario, Chance chance)
    {
        if (File(scenario, chance) is not { } path)
        {
            return null;
        }

        var name = Path.GetFileName(path);
        var renamed = path[..^name.Length] + chance.Of(name + ".bak", "z" + name, name.ToUpperInvariant(), name.Replace(".", "_", StringComparison.Ordinal) + "x");
        return scenario.Files.ContainsKey(renamed) ? null : new Mutant(scenario.Without(path).With(renamed, scenario.Files[path]), $"'{path}' is now '{renamed}'");
    }

    public static Mutant? NewFile(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var name = chance.Of("c.txt", "data/three.csv", "lib/new.py", "y.log", "z", "link2", "data/deep/more/x.csv", "a.txt~", "b .txt", "dir/file");
        var path = image.Context == "." ? name : $"{image.Context}/{name}";
        return scenario.Files.ContainsKey(path) ? null : new Mutant(scenario.With(path, Entry.File(chance.Word())), $"'{path}' is new");
    }

    public static Mutant? FileGone(Scenario scenario, Chance chance) => File(scenario, chance) is not { } path ? null : new Mutant(scenario.Without(path), $"'{path}' is gone");

    public static Mutant? Mode(Scenario scenario, Chance chance)
    {
        if (Pick(scenario, chance, entry => entry.Kind != EntryKind.Link) is not { } path)
        {
            return null;
        }

        var entry = scenario.Files[path];
        var mode = entry.Kind == EntryKind.Directory ? entry.Mode ^ 0b000_101_101 : chance.Of(entry.Mode ^ Execute, entry.Mode ^ 0b000_100_100, entry.Mode ^ 0b100_000_000_000, entry.Mode ^ 0b000_000_001);
        return new Mutant(scenario.With(path, entry.WithMode(mode)), $"permissions of '{path}' from {Octal(entry.Mode)} to {Octal(mode)}");
    }

    public static Mutant? Umask(Scenario scenario, Chance chance)
    {
        var files = scenario.Files.ToBuilder();
        foreach (var (path, entry) in scenario.Files.Where(item => item.Value.Kind != EntryKind.Link))
        {
            files[path] = entry.WithMode(entry.Mode ^ chance.Of(OthersWrite, 0b000_010_000));
        }

        return new Mutant(scenario with { Files = files.ToImmutable() }, "all files under another umask");
    }

    public static Mutant? TimeOnly(Scenario scenario, Chance chance) =>
        Pick(scenario, chance, entry => entry.Kind != EntryKind.Link) is not { } path ? null : new Mutant(scenario.With(path, scenario.Files[path].WithTime(1_000_000_000 + chance.Below(1_000_000))), $"only the time of '{path}'");

    public static Mutant? EmptyDirectory(Scenario scenario, Chance chance)
    {
        if (chance.Happens(50) && Pick(scenario, chance, entry => entry.Kind == EntryKind.Directory) is { } gone)
        {
            return new Mutant(scenario.Without(gone), $"directory '{gone}' is gone");
        }

        var image = chance.Of(scenario.Images);
        var name = chance.Of("hollow", "data/hollow", "lib/a/hollow", "datahollow", "hollow.txt");
        var path = image.Context == "." ? name : $"{image.Context}/{name}";
        return scenario.Files.ContainsKey(path) ? null : new Mutant(scenario.With(path, Entry.Directory()), $"empty directory '{path}' is new");
    }

    public static Mutant? Unrelated(Scenario scenario, Chance chance)
    {
        var path = chance.Of("README.md", "docs/notes.md", "elsewhere/file", ".editorconfig");
        return new Mutant(scenario.With(path, Entry.File(chance.Word())), $"'{path}', outside of most contexts");
    }

    /// <summary>The path of some file in the repository.</summary>
    public static string? File(Scenario scenario, Chance chance) => Pick(scenario, chance, entry => entry.Kind == EntryKind.File);

    public static string? Pick(Scenario scenario, Chance chance, Func<Entry, bool> isWanted) =>
        chance.OfOrNone(scenario.Files.Where(item => isWanted(item.Value) && !item.Key.EndsWith(".dockerignore", StringComparison.Ordinal)).Select(item => item.Key));

    private static string Octal(int mode) => Convert.ToString(mode, 8);
}
