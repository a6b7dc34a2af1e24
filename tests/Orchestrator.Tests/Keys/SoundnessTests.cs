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
}
