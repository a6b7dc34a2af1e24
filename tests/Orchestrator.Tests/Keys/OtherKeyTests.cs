using Orchestrator.Keys;

namespace Orchestrator.Tests.Keys;

/// <summary>Each single input flips the key, and the explanation names it.</summary>
internal sealed class OtherKeyTests
{
    private const string Graph = "images:\n  base: base\n  app:\n    context: app\n    args: { USED: one }\n    labels: { team: a }\n    additional_contexts: { shared: shared }\n";

    private const string Dockerfile = """
        # syntax=docker/dockerfile:1
        ARG ROOT=debian
        FROM ${ROOT} AS build
        ARG USED
        ARG DECLARED=x
        COPY src/ /src/
        RUN --mount=type=bind,source=tools,target=/t make
        FROM base
        COPY --from=build /src/out /out
        COPY --from=shared *.txt /shared/
        COPY <<EOF /etc/greeting
        hello
        EOF
        COPY link/file dat? /data/

        """;

    private static IEnumerable<TestCaseData> Changes
    {
        get
        {
            yield return Case("`src/main.c` changed", repo => repo.Write("app/src/main.c", "int Main;"));
            yield return Case("`src/new.c` is new", repo => repo.Write("app/src/new.c", ""));
            yield return Case("`src/main.c` is gone", repo => repo.Delete("app/src/main.c"));
            yield return Case("`src/empty` is new", repo => Directory.CreateDirectory(repo.PathOf("app/src/empty")));
            yield return Case("`src/main.c` is gone", repo => repo.Write("app/.dockerignore", "src/*.c\n"));
            yield return Case("`src/main.c` is gone", repo => repo.Write("app/Dockerfile.dockerignore", "src/*.c\n"));
            yield return Case("`tools/make` changed", repo => repo.Write("app/tools/make", "other"));
            yield return Case("`real/file` changed", repo => repo.Write("app/real/file", "other"));
            yield return Case("`link` changed", repo =>
            {
                repo.Delete("app/link");
                repo.Link("app/link", "./real");
            });
            yield return Case("`data` changed", repo => repo.Write("app/data", "other"));
            yield return Case("`a.txt` of named context `shared` changed", repo => repo.Write("shared/a.txt", "b"));
            yield return Case("`a.txt` of named context `shared` is gone", repo => repo.Write("shared/.dockerignore", "a.txt\n"));
            yield return Case("argument `USED` changed", repo => repo.Write("images.yml", Graph.Replace("one", "two", StringComparison.Ordinal)));
            yield return Case("argument `USED` changed", repo => repo.Write("images.yml", Graph.Replace("USED: one", "USED: \"\"", StringComparison.Ordinal)));
            yield return Case("argument `ROOT` changed", repo => repo.Write("images.yml", Graph.Replace("USED: one", "USED: one, ROOT: alpine", StringComparison.Ordinal)));
            yield return Case("builder argument `SOURCE_DATE_EPOCH` is new", repo => repo.Write("images.yml", Graph.Replace("USED: one", "USED: one, SOURCE_DATE_EPOCH: 1", StringComparison.Ordinal)));
            yield return Case("label `team` changed", repo => repo.Write("images.yml", Graph.Replace("team: a", "team: b", StringComparison.Ordinal)));
            yield return Case("option `network` changed", repo => repo.Write("images.yml", Graph + "    network: none\n"));
            yield return Case("option `provenance` is new", repo => repo.Write("images.yml", Graph + "    provenance: true\n"));
            yield return Case("entitlement `network.host` is new", repo => repo.Write("images.yml", Graph + "    entitlements: [network.host]\n"));
            yield return Case("option `sbom` is new", repo => repo.Write("images.yml", Graph + "    sbom: generator=debian\n"));
            yield return Case("option `cache_to: type=inline` is new", repo => repo.Write("images.yml", Graph + "    cache_to: [type=inline]\n"));
            yield return Case("annotation `manifest:a` is new", repo => repo.Write("images.yml", Graph + "    annotations: { a: b }\n"));
            yield return Case("stage `FROM base` is gone", repo => repo.Write("images.yml", Graph + "    target: build\n"));
            yield return Case("option `check` changed", repo => repo.Edit("# syntax=docker/dockerfile:1\n", "# syntax=docker/dockerfile:1\n# check=error=true\n"));
            yield return Case("option `syntax` changed", repo => repo.Edit("dockerfile:1", "dockerfile:1.9"));
            yield return Case("instruction", repo => repo.Edit("target=/t make", "target=/t  make"));
            yield return Case("instruction", repo => repo.Edit("hello", "hello "));
            yield return Case("instruction", repo => repo.Edit("/data/", "/data2/"));
            yield return Case("the order of instructions", repo => repo.Edit("ARG USED\nARG DECLARED=x\n", "ARG DECLARED=x\nARG USED\n"));
            yield return Case("base image `base` changed", repo => repo.Write("base/Dockerfile", "FROM debian\nRUN false\n"));
            yield return Case("external image `debian` changed", repo => repo.External("debian", "another identity"));

            static TestCaseData Case(string words, Action<KeyRepository> change) => new(words, change);
        }
    }

    [TestCaseSource(nameof(Changes))]
    public void Changes_the_key_and_is_named(string words, Action<KeyRepository> change)
    {
        using var repository = Create();
        var (before, key) = (KeyExplanation.Of(repository.Inputs()), repository.Key());

        change(repository);

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
        var differences = KeyDifference.Between(before, KeyExplanation.Of(repository.Inputs()));
        Assert.That(differences.Select(difference => difference.ToString()), Has.Some.StartsWith(words));
    }

    /// <summary>It tells all of the Dockerfile and every argument, so an image that says otherwise is another one.</summary>
    [TestCase("mode=max", true)]
    [TestCase("mode=min", false)]
    public void What_only_the_provenance_tells_counts_where_it_is_told(string mode, bool isTold)
    {
        using var repository = Create();
        var graph = Graph + $"    provenance: {mode}\n";
        repository.Write("images.yml", graph);
        var (before, key) = (KeyExplanation.Of(repository.Inputs()), repository.Key());

        repository.Edit("ARG USED", "# canary\nARG USED");
        var (after, commented) = (KeyExplanation.Of(repository.Inputs()), repository.Key());
        repository.Write("images.yml", graph.Replace("USED: one", "USED: one, OTHER: one", StringComparison.Ordinal));
        var further = repository.Key();

        Assert.That((commented != key, further != commented), Is.EqualTo((isTold, isTold)));
        Assert.That(KeyDifference.Between(before, after).Select(difference => difference.ToString()), Is.EqualTo(isTold ? new[] { "option `attested Dockerfile` changed" } : []));
        Assert.That(System.Text.Encoding.UTF8.GetString(after.ToBytes()), Does.Not.Contain("canary"));
    }

    [Test]
    public void The_trigger_of_a_base_copies_from_the_context_of_its_child()
    {
        using var repository = Create();
        repository.Write("base/Dockerfile", "FROM debian\nENV WHAT=not\nONBUILD COPY ${WHAT}* /notes/\n");
        var key = repository.Key();
        Assert.That(repository.Files(), Does.Contain("notes.md"));

        repository.Write("app/notes.md", "other");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    /// <summary>Its text is a part of the image.</summary>
    [Test]
    public void The_case_of_a_trigger_changes_the_key()
    {
        using var repository = Create();
        repository.Edit("COPY link/file", "ONBUILD RUN make\nCOPY link/file");
        var key = repository.Key();

        repository.Edit("ONBUILD RUN", "ONBUILD run");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void The_trigger_of_an_external_image_copies_from_the_context_of_its_child()
    {
        using var repository = Create();
        repository.External("debian", "an identity", new Dictionary<string, string> { ["WHAT"] = "not" }, "COPY ${WHAT}es.md /notes/");
        var key = repository.Key();
        Assert.That(repository.Files(), Does.Contain("notes.md"));

        repository.Write("app/notes.md", "other");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void A_variable_of_an_external_image_decides_what_is_copied()
    {
        using var repository = Create();
        repository.Write("app/Dockerfile", "FROM debian\nCOPY $WHAT /\n");
        repository.External("debian", "an identity", new Dictionary<string, string> { ["WHAT"] = "notes.md" });

        Assert.That(repository.Files(), Is.EqualTo(new[] { "notes.md" }));
    }

    [Test, Platform(Exclude = "Win")]
    public void A_permission_changes_the_key()
    {
        using var repository = Create();
        var key = repository.Key();

        repository.ChangeMode("app/src/main.c", mode => mode | UnixFileMode.UserExecute);

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test, Platform(Exclude = "Win")]
    public void A_permission_that_clones_do_not_agree_on_counts_only_where_it_is_kept()
    {
        using var repository = Create();
        UnixFileMode Change(UnixFileMode mode) => mode ^ UnixFileMode.GroupWrite;
        var usual = repository.Key();
        repository.ChangeMode("app/src/main.c", Change);
        Assert.That(repository.Key(), Is.EqualTo(usual));

        repository.Write("images.yml", Graph + "    context_modes: keep\n    overlay: { src/laid: shared }\n");
        var kept = repository.Key();
        repository.ChangeMode("app/src/main.c", Change);
        var changed = repository.Key();
        repository.ChangeMode("shared/a.txt", Change);

        Assert.That(changed, Is.Not.EqualTo(kept));
        Assert.That(repository.Key(), Is.Not.EqualTo(changed), "in a named context and what is laid over, too");
    }

    [Test]
    public void Bytes_of_one_file_do_not_pass_for_those_of_two()
    {
        using var repository = Create();
        repository.Write("app/Dockerfile", "FROM debian\nCOPY src /\n");
        repository.Write("app/src/a", "one");
        repository.Write("app/src/b", "two");
        var key = repository.Key();

        repository.Write("app/src/a", "two");
        repository.Write("app/src/b", "one");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    private static KeyRepository Create()
    {
        var repository = new KeyRepository();
        repository.Write("images.yml", Graph);
        repository.Write("base/Dockerfile", "FROM debian\nRUN true\n");
        repository.Write("app/Dockerfile", Dockerfile);
        repository.Write("app/src/main.c", "int main;");
        repository.Write("app/tools/make", "make");
        repository.Write("app/real/file", "file");
        repository.Write("app/data", "data");
        repository.Write("app/notes.md", "notes");
        repository.Link("app/link", "real");
        repository.Write("shared/a.txt", "a");
        return repository;
    }
}
