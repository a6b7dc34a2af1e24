using Orchestrator.Building;
using Orchestrator.Dockerfiles;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>What is served where a reference has the name of a stage.</summary>
internal sealed class StageNamesakesTests
{
    private static readonly string Held = "held.example/graph/1:sha256-d1";

    private KeyRepository _repository = null!;

    [SetUp]
    public void Open() => _repository = new KeyRepository();

    [TearDown]
    public void Close() => _repository.Dispose();

    [TestCase("COPY --from=composer:latest /a /b", "COPY --from=HELD /a /b")]
    [TestCase("COPY --chown=1 --from=\"docker.io/library/composer\" --link /a /b", "COPY --chown=1 --from=HELD --link /a /b")]
    [TestCase("RUN --mount=type=bind,from=composer:latest,target=/c true", "RUN --mount=type=bind,from=HELD,target=/c true")]
    [TestCase("RUN --mount=target=/c,FROM=composer:latest --mount=type=cache,target=/d true", "RUN --mount=target=/c,from=HELD --mount=type=cache,target=/d true")]
    [TestCase("RUN --mount=type=bind,from=composer:latest,source=/a\\ b,target=/c true", "RUN --mount=\"type=bind,from=HELD,source=/a b,target=/c\" true")]
    [TestCase("RUN --mount='\"from=composer:latest\",\"source=/a,b\"',target=/c true", "RUN --mount=\"from=HELD,\\\"source=/a,b\\\",target=/c\" true")]
    [TestCase("COPY --from=comp\\\n# why\noser:latest /a /b", "COPY --from=HELD\\\n\\\n /a /b")]
    public void A_flag_is_written_anew_on_its_lines(string instruction, string served)
    {
        _repository.Write("app/Dockerfile", $"FROM php AS composer\n{instruction}\nFROM php\nCOPY --from=composer /x /y\nRUN last\n");

        var dockerfile = Served("composer:latest", "docker.io/library/composer");

        Assert.That(dockerfile.Text, Is.EqualTo($"FROM php AS composer\n{served.Replace("HELD", Held, StringComparison.Ordinal)}\nFROM php\nCOPY --from=composer /x /y\nRUN last\n"));
        Assert.That(dockerfile.NamedContexts, Is.Empty);
        Assert.That(dockerfile.Conversions, Is.Empty);
        Assert.That(Reread(dockerfile.Text), Does.Contain(Held).And.Not.Contain("composer:latest"));
    }

    [Test]
    public void Other_references_stay_and_get_named_contexts()
    {
        const string Text = "FROM php AS composer\nCOPY --from=tools:latest /a /b\n";
        _repository.Write("app/Dockerfile", Text);

        var dockerfile = Served("tools:latest");

        Assert.That(dockerfile.Text, Is.EqualTo(Text));
        Assert.That(dockerfile.NamedContexts, Is.EqualTo(new Dictionary<string, string> { ["tools"] = "docker-image://" + Held }));
    }

    /// <summary>Its text goes into images as it is.</summary>
    [TestCase("FROM php AS start\nONBUILD COPY --from=composer:latest /a /b\nFROM start AS composer\n")]
    [TestCase("FROM corp/onbuild AS composer\n")]
    public void What_a_trigger_names_is_told_to_the_daemon(string text)
    {
        _repository.Write("app/Dockerfile", text);
        _repository.External("corp/onbuild", "onb", null, "COPY --from=composer:latest /a /b");

        var dockerfile = Served("composer:latest");

        Assert.That(dockerfile.Text, Is.EqualTo(text));
        Assert.That(dockerfile.NamedContexts, Is.Empty);
        Assert.That(dockerfile.Conversions.Select(conversion => (conversion.Identifier, conversion.Replacement)), Is.EqualTo(new[] { ("docker-image://docker.io/library/composer:latest", "docker-image://" + Held) }));
    }

    [TestCase(24, false, "ORC3034", "engines from 25 on can")]
    [TestCase(25, false, null, "")]
    [TestCase(27, true, "ORC3034", "engines from 28 on can")]
    [TestCase(28, true, null, "")]
    [TestCase(0, true, null, "")]
    public void An_engine_that_cannot_be_told_what_a_trigger_names_is_refused(int major, bool noCache, string? code, string words)
    {
        _repository.Write("app/Dockerfile", "FROM php AS start\nONBUILD COPY --from=composer:latest /a /b\nFROM start AS composer\n");

        var obstacle = StageNamesakes.Obstacle(_repository.Planned(), noCache, major);

        Assert.That(obstacle?.Code, Is.EqualTo(code));
        Assert.That(obstacle?.Message ?? "", Does.Contain(words));
    }

    [TestCase("FROM php AS composer\nCOPY --from=composer:latest /a /b\n")]
    [TestCase("FROM php AS other\nONBUILD COPY --from=composer:latest /a /b\nFROM other\n")]
    public void Every_engine_can_be_told_of_the_rest(string text)
    {
        _repository.Write("app/Dockerfile", text);

        Assert.That(StageNamesakes.Obstacle(_repository.Planned(), noCache: true, engineMajor: 23), Is.Null);
    }

    private ServedDockerfile Served(params string[] references) =>
        ServedDockerfile.Create(_repository.Resolved(), references.ToDictionary(reference => reference, _ => Held, StringComparer.Ordinal));

    private static string Reread(string text)
    {
        var document = DockerfileReader.Read("Dockerfile", text, new())!;
        return string.Join(' ', document.Stages.SelectMany(stage => stage.Instructions).SelectMany(instruction => instruction.Flags).Select(flag => flag.Value));
    }
}
