using Orchestrator.Keys;

namespace Orchestrator.Tests.Keys;

/// <summary>What a user would be surprised to see rebuilt.</summary>
internal sealed class SameKeyTests
{
    private const string Graph = "images:\n  base: base\n  app:\n    context: app\n    args: { USED: one, UNDECLARED: two }\n    additional_contexts: { shared: shared }\n";

    private const string Dockerfile = """
        ARG ROOT=debian
        ARG NOBODY_USES=1
        FROM ${ROOT} AS build
        ARG USED
        COPY src/ /src/
        RUN make \
            all
        FROM base
        COPY --from=build /src/out /out
        COPY --from=shared *.txt /shared/
        COPY bin*/tool /bin/
        COPY ["with space.txt", "/"]

        """;

    private static IEnumerable<TestCaseData> Harmless
    {
        get
        {
            yield return Case("a comment", repo => repo.Edit("RUN make", "# why\nRUN make"));
            yield return Case("a comment inside a continuation", repo => repo.Edit("make \\\n", "make \\\n# why\n"));
            yield return Case("which checks are told", repo => repo.Edit("ARG ROOT", "# check=skip=all\nARG ROOT"));
            yield return Case("a blank line", repo => repo.Edit("RUN make", "\n\nRUN make"));
            yield return Case("a line break behind a keyword", repo => repo.Edit("RUN make", "RUN \\\n  make"));
            yield return Case("the case of a keyword", repo => repo.Edit("COPY src/", "copy src/"));
            yield return Case("blanks behind an instruction", repo => repo.Edit("/out /out", "/out /out  "));
            yield return Case("a named context that nothing is taken from", repo => repo.Write("images.yml", Graph.Replace("shared: shared", "shared: shared, unused: base", StringComparison.Ordinal)));
            yield return Case("blanks before an instruction", repo => repo.Edit("RUN make", "  RUN make"));
            yield return Case("an unused argument before the first FROM", repo => repo.Edit("NOBODY_USES=1", "NOBODY_USES=2"));
            yield return Case("an argument that no stage declares", repo => repo.Write("images.yml", Graph.Replace("two", "three", StringComparison.Ordinal)));
            yield return Case("a stage that the target does not need", repo => repo.Edit("FROM base", "FROM debian AS tools\nCOPY . /all\nRUN apt-get update\nFROM base"));
            yield return Case("a file outside of every context", repo => repo.Write("README.md", "read me"));
            yield return Case("a file of the context that nothing copies", repo => repo.Write("app/notes.md", "new"));
            yield return Case("a file of a named context that nothing copies", repo => repo.Write("shared/notes.md", "new"));
            yield return Case("a file that is ignored", repo => repo.Write("app/src/x.log", "another line"));
            yield return Case("a comment in the ignore file", repo => repo.Write("app/.dockerignore", "# logs\n\n**/*.log\n"));
            yield return Case("a pattern that ignores nothing that is copied", repo => repo.Write("app/.dockerignore", "**/*.log\nnotes.md\n"));
            yield return Case("the time of a file", repo => File.SetLastWriteTimeUtc(repo.PathOf("app/src/main.c"), DateTime.UnixEpoch.AddDays(9)));
            yield return Case("the time of a directory", repo => Directory.SetLastWriteTimeUtc(repo.PathOf("app/src"), DateTime.UnixEpoch.AddDays(9)));
            yield return Case("the order of the graph", repo => repo.Write("images.yml", "images:\n" + Graph["images:\n  base: base\n".Length..] + "  base: base\n"));
            yield return Case("the order of arguments", repo => repo.Write("images.yml", Graph.Replace("USED: one, UNDECLARED: two", "UNDECLARED: two, USED: one", StringComparison.Ordinal)));
            yield return Case("where the value of an argument comes from", repo => repo.Write("images.yml", Graph.Replace("USED: one", "USED: \"${NOT_SET:-one}\"", StringComparison.Ordinal)));
            yield return Case("another image of the graph", repo =>
            {
                repo.Write("other/Dockerfile", "FROM app\n");
                repo.Write("images.yml", Graph + "  other: other\n");
            });
            yield return Case("the folder's name", repo =>
            {
                Directory.Move(repo.PathOf("app"), repo.PathOf("moved"));
                repo.Write("images.yml", Graph.Replace("context: app", "context: moved", StringComparison.Ordinal));
            });

            static TestCaseData Case(string name, Action<KeyRepository> change) => new TestCaseData(change).SetArgDisplayNames(name);
        }
    }

    /// <summary>A graph that uses nothing new is not built again because of a new version. Where that cannot be, the key's format version is raised.</summary>
    [Test]
    public void A_key_stays_from_version_to_version()
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  app: { context: app, args: { A: x }, labels: { team: a }, network: none, shm_size: 64m, secrets: [{ id: s, env: S }] }\n");
        repository.Write("app/Dockerfile", "FROM debian\nARG A\nCOPY f /\n");
        repository.Write("app/f", "1");

        Assert.That(repository.Key().Hex, Is.EqualTo("4c9366014b78717bb6dc76938289cc8a1eb362722a080c2ad1bd60deb443845d"));
    }

    [TestCaseSource(nameof(Harmless))]
    public void Does_not_change_the_key(Action<KeyRepository> change)
    {
        using var repository = Create();
        var before = KeyExplanation.Of(repository.Inputs());

        change(repository);

        Assert.That(KeyExplanation.Of(repository.Inputs()).Items, Is.EqualTo(before.Items));
        using var untouched = Create();
        Assert.That(repository.Key(), Is.EqualTo(untouched.Key()));
    }

    [Test, Platform(Exclude = "Win")]
    public void Another_umask_does_not_change_the_key()
    {
        using var repository = Create();
        var before = repository.Key();
        foreach (var path in Directory.EnumerateFileSystemEntries(repository.Root, "*", SearchOption.AllDirectories))
        {
            repository.ChangeMode(Path.GetRelativePath(repository.Root, path), mode => mode | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        }

        Assert.That(repository.Key(), Is.EqualTo(before));
    }

    private static KeyRepository Create()
    {
        var repository = new KeyRepository();
        repository.Write("images.yml", Graph);
        repository.Write("base/Dockerfile", "FROM debian\nRUN true\n");
        repository.Write("app/Dockerfile", Dockerfile);
        repository.Write("app/.dockerignore", "**/*.log\n");
        repository.Write("app/src/main.c", "int main;");
        repository.Write("app/src/x.log", "a line");
        repository.Write("app/bin1/tool", "#!");
        repository.Write("app/bin1/other", "#!");
        repository.Write("app/with space.txt", "text");
        repository.Write("app/notes.md", "notes");
        repository.Write("shared/a.txt", "a");
        repository.Write("shared/notes.md", "notes");
        return repository;
    }
}
