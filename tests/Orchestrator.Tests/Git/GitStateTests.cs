using Orchestrator.Git;

namespace Orchestrator.Tests.Git;

internal sealed class GitStateTests
{
    [TestCase("1 .M N... 100644 100644 100644 a b src/my file.cs", "src/my file.cs")]
    [TestCase("2 R. N... 100644 100644 100644 a b R100 new name\told name", "new name")]
    [TestCase("u UU N... 100644 100644 100644 100644 a b c both", "both")]
    [TestCase("? not known", "not known")]
    public void A_change_is_named_by_its_path(string line, string path) =>
        Assert.That(GitState.Parse(["# branch.oid 0a1b", "# branch.head main", line]), Is.EqualTo(new GitState("0a1b", "main", path)));

    [Test]
    public void Before_the_first_commit_there_is_no_commit() =>
        Assert.That(GitState.Parse(["# branch.oid (initial)", "# branch.head main"]), Is.EqualTo(new GitState(null, "main", null)));

    [Test]
    public void Without_a_git_that_is_said_and_nothing_else_happens() =>
        Assert.That(async () => await new GitCommand(Path.GetTempPath(), "no-such-git").RunAsync(["status"], CancellationToken.None), Throws.TypeOf<GitMissingException>());

    [Test]
    public async Task The_words_of_git_are_kept()
    {
        var answer = await new GitCommand(Path.GetTempPath()).RunAsync(["rev-parse", "--verify", "--no-such"], CancellationToken.None);

        Assert.That((answer.IsSuccess, answer.Complaint.StartsWith("fatal", StringComparison.Ordinal), answer.Complaint.Length > 0), Is.EqualTo((false, false, true)));
    }
}
