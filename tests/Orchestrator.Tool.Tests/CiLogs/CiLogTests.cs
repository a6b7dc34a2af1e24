using Orchestrator.Diagnostics;
using Orchestrator.Tool.CiLogs;

namespace Orchestrator.Tool.Tests.CiLogs;

/// <summary>Commands to CI systems: ours as they are documented, and nobody else's.</summary>
internal sealed class CiLogTests
{
    private static readonly Diagnostic Failure = Rules.StepFailed.At(new SourceSpan("/w/api/Dockerfile", 3, 1, 4), "a,b:c", "50% of ##vso[x]\n  | ##[error]tail\n::error::tail");

    [TestCase("GITHUB_ACTIONS", "true", typeof(GitHubLog))]
    [TestCase("TF_BUILD", "True", typeof(AzureLog))]
    [TestCase("GITLAB_CI", "true", typeof(GitLabLog))]
    [TestCase("GITHUB_ACTIONS", "false", typeof(CiLog))]
    [TestCase("CI", "true", typeof(CiLog))]
    public void The_system_is_known_by_its_variable(string name, string value, Type expected) => Assert.That(Log(name, value), Is.TypeOf(expected));

    [Test]
    public void GitHub_gets_an_annotation_of_the_file_in_its_workspace()
    {
        var lines = CiLog.Of(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = "/w" }).Finding(Failure).ToList();

        Assert.That(lines[0], Does.StartWith("::error title=ORC3010,file=api/Dockerfile,line=3,endLine=4::Building 'a,b:c' failed: 50%25 of ## vso[x] ("));
        Assert.That(lines[1..], Is.EqualTo(new[] { "ORC3010 at /w/api/Dockerfile(3,1)", "  | ## [error]tail", ": :error::tail" }));
    }

    [Test]
    public void Azure_gets_an_issue_of_the_file()
    {
        var lines = Log("TF_BUILD", "True").Finding(Failure).ToList();

        Assert.That(lines[0], Does.StartWith("##vso[task.logissue type=error;sourcepath=/w/api/Dockerfile;linenumber=3;columnnumber=1;code=ORC3010;]Building 'a,b:c' failed: 50%AZP25 of ## vso[x] ("));
        Assert.That(lines[1..], Is.EqualTo(new[] { "ORC3010 at /w/api/Dockerfile(3,1)", "  | ## [error]tail", ": :error::tail" }));
    }

    [TestCase("GITHUB_ACTIONS")]
    [TestCase("TF_BUILD")]
    public void What_a_container_writes_commands_nothing(string system)
    {
        string[] output = ["  | ##vso[task.setvariable variable=x]1", "##VSO[task.complete]", "::set-output name=x::1", "  ::add-path::/x", "##[set-env name=X]1", "two\n::stop-commands::x", "three\r ::add-mask::x", "fine :: ##"];

        var lines = Log(system, "true").Group("built a", "a", false, output, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).SelectMany(line => line.Split('\n', '\r')).ToList();
        var inner = system == "TF_BUILD" ? lines[1..^1] : lines[2..^2];

        Assert.That(inner.Where(line => line.Contains("##vso[", StringComparison.OrdinalIgnoreCase) || line.Contains("##[", StringComparison.Ordinal) || line.TrimStart().StartsWith("::", StringComparison.Ordinal)), Is.Empty);
        Assert.That(inner[^1], Is.EqualTo("fine :: ##"));
    }

    [Test]
    public void In_a_group_of_GitHub_commands_are_off_until_a_word_that_nobody_can_guess()
    {
        var log = Log("GITHUB_ACTIONS", "true");

        var first = log.Group("built a", "a", false, ["x"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).ToList();
        var second = log.Group("built a", "a", false, ["x"], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).ToList();

        Assert.That(first[0], Is.EqualTo("::group::built a"));
        Assert.That(first[1], Does.Match("^::stop-commands::[0-9a-f]{32}$").And.Not.EqualTo(second[1]));
        Assert.That(first[2..], Is.EqualTo(new[] { "x", first[1].Replace("stop-commands::", "", StringComparison.Ordinal) + "::", "::endgroup::" }));
    }

    [Test]
    public void A_section_of_GitLab_begins_and_ends_under_one_name()
    {
        var lines = Log("GITLAB_CI", "true").Group("built app/dev", "app/dev", isOpen: false, ["x"], DateTimeOffset.FromUnixTimeSeconds(12), DateTimeOffset.FromUnixTimeSeconds(15)).ToList();

        Assert.That(lines, Is.EqualTo(new[] { "\u001b[0Ksection_start:12:orchestrator_app_dev[collapsed=true]\r\u001b[0Kbuilt app/dev", "x", "\u001b[0Ksection_end:15:orchestrator_app_dev\r\u001b[0K" }));
    }

    [Test]
    public void Nothing_else_begins_or_ends_a_section_of_GitLab()
    {
        const string Section = "\u001b[0Ksection_end:15:orchestrator_app\r\u001b[0K\tx\ny";

        var lines = Log("GITLAB_CI", "true").Group("`" + Section + "` changed", "app", isOpen: false, [Section], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).ToList();

        Assert.That(lines[0], Does.EndWith("]\r\u001b[0K`[0Ksection_end:15:orchestrator_app[0K\tx\ny` changed"));
        Assert.That(lines[1], Is.EqualTo("[0Ksection_end:15:orchestrator_app[0K\tx\ny"));
    }

    private static CiLog Log(string name, string value) => CiLog.Of(new Dictionary<string, string> { [name] = value });
}
