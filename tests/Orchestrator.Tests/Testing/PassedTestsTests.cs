using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Keys;
using Orchestrator.State;
using Orchestrator.Testing;

namespace Orchestrator.Tests.Testing;

/// <summary>What counts as passed before: the same test of the same build of an image, on the same engine, and nothing less.</summary>
internal sealed class PassedTestsTests
{
    private static readonly CacheKey Key = new(new string('a', 64));

    private static readonly ImageTest Test = new()
    {
        Name = "test",
        Span = SourceSpan.None,
        Command = new TestedCommand { Line = "true", StandardOutput = [new ExpectedText("a")] },
        Files = [new ExpectedFile("/a") { Mode = 7, UserId = 1, GroupId = 2, Content = [new ExpectedText("c")] }],
        MaximumSize = new Located<long>(5, SourceSpan.None),
    };

    private string _folder = "";

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("passed-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_pass_is_found_again_with_its_duration_whatever_the_test_is_called()
    {
        Passed().Save("app/prod", Key, "sha256:1", Test, TimeSpan.FromMilliseconds(1234.5));

        Assert.That(Passed().Find("app/prod", Key, "sha256:1", Test with { Name = "other", Span = new SourceSpan("f", 3, 4) }), Is.EqualTo(TimeSpan.FromMilliseconds(1234)));
    }

    [Test]
    public void Another_image_key_build_or_engine_has_passed_nothing()
    {
        Passed().Save("app", Key, "sha256:1", Test, TimeSpan.Zero);

        Assert.That(Passed().Find("web", Key, "sha256:1", Test), Is.Null);
        Assert.That(Passed().Find("app", new CacheKey(new string('b', 64)), "sha256:1", Test), Is.Null);
        Assert.That(Passed().Find("app", Key, "sha256:2", Test), Is.Null);
        Assert.That(Passed("other engine").Find("app", Key, "sha256:1", Test), Is.Null);
    }

    [Test]
    public void Each_part_of_a_test_that_decides_how_it_ends_makes_it_another()
    {
        var command = Test.Command!;
        var file = Test.Files[0];
        ImageTest[] others =
        [
            Test with { Command = null },
            Test with { Command = command with { Line = "false" } },
            Test with { Command = command with { Line = null, Arguments = ["true"] } },
            Test with { Command = command with { Line = null, Arguments = ["tr", "ue"] } },
            Test with { Command = command with { UsesEntrypoint = true } },
            Test with { Command = command with { ExitCode = 1 } },
            Test with { Command = command with { StandardOutput = [new ExpectedText("b")] } },
            Test with { Command = command with { StandardOutput = [], StandardError = command.StandardOutput } },
            Test with { Command = command with { StandardOutput = [], Output = command.StandardOutput } },
            Test with { Command = command with { User = "1" } },
            Test with { Command = command with { WorkingDirectory = "/" } },
            Test with { Command = command with { Environment = ["A=1"] } },
            Test with { Command = command with { Network = "host" } },
            Test with { Command = command with { Timeout = TimeSpan.FromSeconds(1) } },
            Test with { Files = [] },
            Test with { Files = [file with { Path = "/b" }] },
            Test with { Files = [file with { IsAbsent = true }] },
            Test with { Files = [file with { Type = ExpectedFileType.File }] },
            Test with { Files = [file with { Mode = null }] },
            Test with { Files = [file with { UserId = null }] },
            Test with { Files = [file with { GroupId = 3 }] },
            Test with { Files = [file with { Content = [new ExpectedText("")] }] },
            Test with { MaximumSize = null },
            Test with { MaximumSize = new Located<long>(6, SourceSpan.None) },
        ];

        Assert.That(others.Append(Test).Select(TestKey.Of), Is.Unique);
    }

    /// <summary>A property that is added to a test and forgotten in its key is found here.</summary>
    [Test]
    public void The_key_knows_every_property_there_is()
    {
        Assert.That(Names<ImageTest>(), Is.EquivalentTo(new[] { "Name", "Span", "Command", "Files", "MaximumSize", "NeedsContainer" }));
        Assert.That(Names<TestedCommand>(), Is.EquivalentTo(new[] { "Line", "Arguments", "UsesEntrypoint", "ExitCode", "StandardOutput", "StandardError", "Output", "User", "WorkingDirectory", "Environment", "Network", "Timeout", "IsRepeatable" }));
        Assert.That(Names<ExpectedFile>(), Is.EquivalentTo(new[] { "Path", "IsAbsent", "Type", "Mode", "UserId", "GroupId", "Content" }));
        Assert.That(Names<ExpectedText>(), Is.EquivalentTo(new[] { "Written", "Words" }));
    }

    [TestCase("")]
    [TestCase("garbage")]
    [TestCase("half")]
    public void A_damaged_file_is_a_test_that_has_not_passed(string content)
    {
        Passed().Save("app", Key, "sha256:1", Test, TimeSpan.FromSeconds(1));
        var file = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, content == "half" ? File.ReadAllText(file)[..70] : content);

        Assert.That(Passed().Find("app", Key, "sha256:1", Test), Is.Null);
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(property => property.Name);

    private PassedTests Passed(string engine = "engine") => new(new GraphState(_folder, "/repo/images.yml"), engine);
}
