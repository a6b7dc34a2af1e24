using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Tests.Keys;

/// <summary>Ways in which something could change an image and not its key; each was one, or nearly.</summary>
internal sealed class SoundnessTests
{
    private const string FromContext = "images:\n  app:\n    context: app\n    args: { VERSION: \"1\" }\n    additional_contexts: { base: \"docker-image://corp/onb:1\" }\n";

    [TestCase("FROM base\n")]
    [TestCase("FROM busybox AS base\nFROM base\n", Description = "The named context takes the stage's place.")]
    public void Triggers_of_a_named_context_declare_arguments(string dockerfile)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", FromContext);
        repository.Write("app/Dockerfile", dockerfile);
        repository.External("corp/onb:1", "onb", null, "ARG VERSION", "RUN echo $VERSION > /v");
        var key = repository.Key();

        repository.Write("images.yml", FromContext.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void Triggers_of_a_named_context_take_in_images()
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", FromContext);
        repository.Write("app/Dockerfile", "FROM base\nRUN --mount=type=tmpfs,target=/t true\n");
        repository.Write("app/file", "1");
        repository.External("corp/onb:1", "onb", null, "COPY --from=tools:1 /x /x", "COPY . /app");
        repository.External("tools:1", "a");
        var key = repository.Key();

        repository.External("tools:1", "b");
        var second = repository.Key();
        repository.Write("app/file", "2");

        Assert.That(second, Is.Not.EqualTo(key));
        Assert.That(repository.Key(), Is.Not.EqualTo(second));
    }

    [Test]
    public void Triggers_of_a_service_are_those_of_its_Dockerfile()
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  other: other\n  app:\n    context: app\n    additional_contexts: { base: \"service:other\" }\n");
        repository.Write("other/Dockerfile", "FROM busybox\nONBUILD COPY file /\n");
        repository.Write("app/Dockerfile", "FROM base\n");
        repository.Write("app/file", "1");
        var key = repository.Key();

        repository.Write("app/file", "2");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [TestCase("FROM busybox\nARG HTTP_PROXY\nENV HTTP_PROXY=$HTTP_PROXY\n")]
    [TestCase("ARG HTTP_PROXY\nARG G=$HTTP_PROXY\nFROM busybox\nARG G\n")]
    public void An_argument_without_a_value_leaves_a_declared_proxy_to_the_configuration(string dockerfile)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  app:\n    context: app\n    args: [HTTP_PROXY]\n");
        repository.Write("app/Dockerfile", dockerfile);
        repository.Proxies["HTTP_PROXY"] = "http://a";
        var key = repository.Key();

        repository.Proxies["HTTP_PROXY"] = "http://b";

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [TestCase("args: { FEATURE: a }", "args: { FEATURE: b }")]
    [TestCase("target: a", "target: b")]
    public void Another_frontend_may_take_anything_from_what_it_is_given(string before, string after)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", $"images:\n  app:\n    context: app\n    {before}\n");
        repository.Write("app/Dockerfile", "# syntax=corp/frontend:1\nFROM busybox AS a\nFROM a AS b\n");
        var key = repository.Key();

        repository.Write("images.yml", $"images:\n  app:\n    context: app\n    {after}\n");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void Another_frontend_is_an_input_itself()
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "# syntax=corp/frontend:1\nFROM busybox\n");
        repository.External("corp/frontend:1", "a");
        var key = repository.Key();

        repository.External("corp/frontend:1", "b");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void Another_platform_of_a_base_is_told_by_the_whole_image()
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "FROM --platform=linux/arm64 tools:1 AS tools\nFROM busybox\nCOPY --from=tools /x /x\n");
        repository.External("tools:1", "same");
        repository.Externals["tools:1"] = repository.Externals["tools:1"] with { ImageId = "sha256:a" };
        var key = repository.Key();

        repository.Externals["tools:1"] = repository.Externals["tools:1"] with { ImageId = "sha256:b" };

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void Who_was_asked_for_more_is_hashed_whole_until_the_Dockerfile_changes()
    {
        using var repository = new KeyRepository();
        repository.Whole = new WholeContexts(new GraphState(repository.PathOf("state"), "graph"));
        repository.Write("app/Dockerfile", "FROM busybox\nCOPY seen /\n");
        repository.Write("app/seen", "1");
        repository.Write("app/unseen", "1");
        var before = repository.Files();

        repository.Whole.Add(repository.Resolved());
        var whole = repository.Files();
        repository.Edit("busybox", "alpine");

        Assert.That((before, whole, repository.Files()), Is.EqualTo((new[] { "seen" }, new[] { "Dockerfile", "seen", "unseen" }, new[] { "seen" })));
    }

    [TestCase("FROM busybox AS context\nRUN echo v1\nFROM busybox\nCOPY --from=context /v /v\n", "context", Description = "BuildKit never puts a named context in the place of such a stage.")]
    [TestCase("FROM busybox AS scratch\nRUN echo v1\nFROM busybox\nRUN --mount=type=cache,target=/c cp /c/v /v\n", "other", Description = "A cache begins with what this name means.")]
    public void Stages_with_names_that_BuildKit_uses_itself_are_built(string dockerfile, string context)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", $"images:\n  app:\n    context: app\n    additional_contexts: {{ {context}: app }}\n");
        repository.Write("app/Dockerfile", dockerfile);
        var key = repository.Key();

        repository.Edit("v1", "v2");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [TestCase("ARG \"VERSION\"\n")]
    [TestCase("ARG PART=SION\nARG VER${PART}\n")]
    public void An_argument_counts_under_the_name_that_older_engines_make_of_it(string declaration)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  app:\n    context: app\n    args: { VERSION: \"1\" }\n");
        repository.Write("app/Dockerfile", $"FROM scratch\n{declaration}COPY ${{VERSION}} /\n");
        repository.Write("app/file", "");
        var (key, files) = (repository.Key(), repository.Files());

        repository.Write("images.yml", "images:\n  app:\n    context: app\n    args: { VERSION: \"2\" }\n");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
        Assert.That(files, Does.Contain("file"), "What is copied is uncertain.");
    }

    [TestCase("BUILDKIT_SBOM_SCAN_STAGE")]
    [TestCase("BUILDKIT_SBOM_SCAN_CONTEXT")]
    public void What_is_scanned_for_packages_is_decided_before_the_first_stage(string argument)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", "images:\n  app:\n    context: app\n    sbom: generator=scanner\n");
        repository.Write("app/Dockerfile", $"ARG {argument}=false\nFROM busybox\n");
        var key = repository.Key();

        repository.Edit("false", "true");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [TestCase("reg.example/frontend:1", "reg.example/frontend:2", Description = "Not Docker's own: all of it counts.")]
    [TestCase("reg.example/docker/dockerfile:1", "reg.example/docker/dockerfile:2", Description = "A mirror of Docker's own.")]
    public void What_stands_in_the_place_of_the_frontend_counts(string before, string after)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", $"images:\n  app: app\nsources: {{ \"docker/dockerfile:1\": \"{before}\" }}\n");
        repository.Write("app/Dockerfile", "# syntax=docker/dockerfile:1\nFROM busybox\n");
        var key = repository.Key();

        repository.Write("images.yml", $"images:\n  app: app\nsources: {{ \"docker/dockerfile:1\": \"{after}\" }}\n");

        Assert.That(repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void A_mirror_reads_the_Dockerfile_as_the_original_does_and_another_frontend_as_it_likes()
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "# syntax=docker/dockerfile:1\nFROM busybox\n");
        repository.Write("app/file", "");
        repository.Write("images.yml", "images:\n  app: app\nsources: { \"docker/dockerfile:1\": \"reg.example/docker/dockerfile:1\" }\n");
        var ofMirror = repository.Files();

        repository.Write("images.yml", "images:\n  app: app\nsources: { \"docker/dockerfile:1\": \"reg.example/frontend:1\" }\n");

        Assert.That((ofMirror, repository.Files()), Is.EqualTo((Array.Empty<string>(), new[] { "Dockerfile", "file" })));
    }
}
