using Orchestrator.BuildKit.FileSync;
using Orchestrator.Fixing;

namespace Orchestrator.Tests.Fixing;

/// <summary>What is left out of a build stays left out when its context grows, and nothing else is.</summary>
internal sealed class IgnoreMoveTests : FixFixture
{
    private const string Own = "services/api/Dockerfile.dockerignore";

    [SetUp]
    public void CreateGraph() => Write("images.yml", "images:\n  api: services/api\n");

    [Test]
    public void The_context_s_patterns_go_beside_the_Dockerfile()
    {
        Write("services/api/.dockerignore", "# comment\n*.log\n/tmp\n\n**/cache\n! src/keep.log \n ./x/\n#y");

        Assert.That(Fix(FixWay.Context), Does.Contain(Own), string.Join('\n', Left));
        Assert.That(Text(Own), Is.EqualTo(
            "# The patterns of services/api/.dockerignore, as the context '.' sees them.\n# comment\nservices/api/*.log\nservices/api/tmp\n\nservices/api/**/cache\n! services/api/src/keep.log \n services/api/./x/\n#y\n"
            + "# This file is no part of the context.\nservices/api/Dockerfile.dockerignore\n"));
        Assert.That(Text("services/api/.dockerignore"), Does.StartWith("# comment\n*.log\n"));
    }

    [TestCase("*\n!src\nsrc/**/*.tmp\n")]
    [TestCase("src\n!src/a\n")]
    [TestCase("**/b\n!/src/b\n[a-s]rc/a?\n")]
    public void The_same_files_are_left_out(string patterns)
    {
        Write("services/api/.dockerignore", patterns);
        Fix(FixWay.Context);
        var before = PatternMatcher.Parse(IgnoreFile.Read(patterns));
        var after = PatternMatcher.Parse(IgnoreFile.Read(Text(Own)));

        foreach (var path in new[] { "f", "src", "src/a", "src/a1", "src/b", "src/b/c", "src/x.tmp", "src/d/x.tmp", "Dockerfile", "b", "d/b/e" })
        {
            Assert.That(after.Matches("services/api/" + path), Is.EqualTo(before.Matches(path)), path);
        }

        Assert.That(after.Matches("shared/f"), Is.False);
    }

    [Test]
    public void The_file_beside_the_Dockerfile_is_edited()
    {
        Write(Own, "a # no comment\r\n!b\r\n");
        Write("services/api/.dockerignore", "never\n");

        Fix(FixWay.Context);

        Assert.That(Text(Own), Is.EqualTo("services/api/a # no comment\r\n!services/api/b\r\n"));
    }

    [Test]
    public void Another_file_does_not_begin_to_count()
    {
        Write(".dockerignore", "services\n");

        Fix(FixWay.Context);

        Assert.That(Text(Own), Is.EqualTo(
            "# Nothing is left out of this build, whatever .dockerignore of the context '.' says for others.\n# This file is no part of the context.\nservices/api/Dockerfile.dockerignore\n"));
    }

    [Test]
    public void Where_nothing_is_ignored_there_is_no_file()
    {
        Fix(FixWay.Context);

        Assert.That(File.Exists(Path.Join(Root, Own)), Is.False);
    }

    [TestCase("a\n../x\n", "ORC2050 services/api/.dockerignore(2,1) '../x' cannot be rewritten for a larger context: the pattern means the context itself, or leaves it. The Dockerfile and its images stay as they are.")]
    [TestCase("!.\n", "ORC2050 services/api/.dockerignore(1,2) '!.' cannot be rewritten for a larger context: the pattern means the context itself, or leaves it. The Dockerfile and its images stay as they are.")]
    public void A_pattern_that_cannot_be_moved_is_said(string patterns, string finding)
    {
        Write("services/api/.dockerignore", patterns);

        Assert.That(Fix(FixWay.Context), Is.Empty);
        Assert.That(Left, Is.EqualTo([finding]));
    }
}
