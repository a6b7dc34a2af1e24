using System.Collections.Immutable;
using System.Formats.Tar;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>The files of a build context: usual ones, odd names, links of all kinds, empty directories, ignore files.</summary>
internal static class ContextGenerator
{
    public static readonly IReadOnlyList<string> Usual =
    [
        "a.txt", "b.txt", "main.py", "x.log", "data/one.csv", "data/two.csv", "data/deep/three.csv", "lib/util.py", "lib/x.log", "lib/deep/er/leaf.txt",
    ];

    public static readonly IReadOnlyList<string> Odd =
    [
        "with space.txt", "ünï.txt", "[x].txt", "#hash", "-dash", "!bang", ".hidden", "back\\slash", "日本/語.txt", "a", "data-x/z", "data.x", "new\nline", "emoji😀", "trailing.", "Data/ONE.csv",
    ];

    public static readonly IReadOnlyList<(string Path, string Target)> Links =
    [
        ("link", "a.txt"), ("dirlink", "data"), ("dangling", "nowhere"), ("absolute", "/data/one.csv"), ("up", "../../../etc/passwd"), ("loop", "loop"), ("data/back", ".."), ("far", "dirlink/deep"),
        ("lib/side", "../data/two.csv"), ("absdir", "/lib"),
    ];

    public static readonly IReadOnlyList<string> Patterns =
    [
        "*.log", "**/*.log", "data", "data/*", "!data/one.csv", "lib/**", "!lib/util.py", "**/deep", ".dockerignore", "Dockerfile*", "images.yml", "/b.txt", "?.txt", "[ab].txt", "*", "!a.txt", "!*.txt", "# comment", "", "./x.log",
        "data/../lib", "**", "!**/*.csv", "dirlink", "link", "empty", "with space.txt", "  a.txt", "data/deep/", "!data/deep/three.csv", "back\\\\slash",
    ];

    private static readonly int[] Modes = [0b110_100_100, 0b110_100_100, 0b110_100_100, 0b110_000_000, 0b111_101_101, 0b100_100_100];

    public static ImmutableSortedDictionary<string, Entry> Add(ImmutableSortedDictionary<string, Entry> files, string folder, Chance chance, bool isSmall)
    {
        var context = files.ToBuilder();
        foreach (var name in chance.Some(Usual, isSmall ? 40 : 85).Concat(chance.Some(Odd, isSmall ? 5 : 12)))
        {
            Put(name, Entry.File($"{name} {chance.Word()}\n", chance.Of(Modes)));
        }

        foreach (var (path, target) in chance.Some(Links, isSmall ? 10 : 25))
        {
            Put(path, Entry.Link(target));
        }

        foreach (var path in chance.Some(["empty", "data/void", "lib/a/b"], 30))
        {
            Put(path, Entry.Directory(chance.Of(Entry.PlainDirectory, 0b111_000_000)));
        }

        if (chance.Happens(25))
        {
            Put("pack.tar", new Entry(EntryKind.File, Tar(chance), "", Entry.PlainFile));
        }

        if (chance.Happens(45))
        {
            Put(".dockerignore", Entry.File(Ignore(chance)));
        }

        return context.ToImmutable();

        void Put(string name, Entry entry) => context[folder == "." ? name : $"{folder}/{name}"] = entry;
    }

    public static string Ignore(Chance chance) => string.Concat(Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => chance.Of(Patterns) + "\n"));

    public static byte[] Tar(Chance chance)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            using var content = new MemoryStream(chance.Bytes(20));
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "packed") { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return bytes.ToArray();
    }
}
