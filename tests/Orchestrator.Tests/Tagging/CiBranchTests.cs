using Orchestrator.Tagging;

namespace Orchestrator.Tests.Tagging;

internal sealed class CiBranchTests
{
    [TestCase("GITHUB_REF=refs/heads/feature/x GITHUB_SHA=c0ffee", "feature/x")]
    [TestCase("GITHUB_REF=refs/heads/main GITHUB_SHA=decaf", null)]
    [TestCase("GITHUB_REF=refs/heads/main", null)]
    [TestCase("GITHUB_REF=refs/pull/12/merge GITHUB_HEAD_REF=main", "pr-12")]
    [TestCase("GITHUB_REF=refs/tags/v1.4.0 GITHUB_REF_NAME=v1.4.0", null)]
    [TestCase("BUILD_SOURCEBRANCH=refs/heads/main BUILD_SOURCEBRANCHNAME=main", "main")]
    [TestCase("BUILD_SOURCEBRANCH=refs/heads/feature/x BUILD_SOURCEBRANCHNAME=x", "feature/x")]
    [TestCase("BUILD_SOURCEBRANCH=refs/pull/345/merge SYSTEM_PULLREQUEST_PULLREQUESTNUMBER=12", "pr-12")]
    [TestCase("BUILD_SOURCEBRANCH=refs/pull/345/merge", "pr-345")]
    [TestCase("BUILD_SOURCEBRANCH=refs/tags/v1", null)]
    [TestCase("CI_COMMIT_BRANCH=main CI_COMMIT_REF_NAME=main", "main")]
    [TestCase("CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=main", "pr-7")]
    [TestCase("CI_COMMIT_TAG=v1 CI_COMMIT_REF_NAME=v1", null)]
    [TestCase("GIT_BRANCH=origin/release", "release")]
    [TestCase("BRANCH_NAME=PR-3 GIT_BRANCH=origin/x", "PR-3")]
    [TestCase("CIRCLE_BRANCH=dev", "dev")]
    [TestCase("TRAVIS_PULL_REQUEST=12 TRAVIS_BRANCH=main", "pr-12")]
    [TestCase("TRAVIS_PULL_REQUEST=false TRAVIS_BRANCH=main", "main")]
    [TestCase("BUILDKITE_PULL_REQUEST=12 BUILDKITE_BRANCH=main", "pr-12")]
    [TestCase("BUILDKITE_PULL_REQUEST=false BUILDKITE_BRANCH=main", "main")]
    [TestCase("BRANCH_NAME=", null)]
    [TestCase("HOME=/root", null)]
    public void The_branch_is_found_or_not_invented(string variables, string? branch)
    {
        var environment = variables.Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.That(CiBranch.Find(environment, "c0ffee")?.Branch, Is.EqualTo(branch));
    }

    [Test]
    public void Where_nobody_knows_what_is_checked_out_GitHub_tells_of_a_pull_request_only()
    {
        Assert.That(CiBranch.Find(new Dictionary<string, string> { ["GITHUB_REF"] = "refs/heads/main", ["GITHUB_SHA"] = "c0ffee" }, null), Is.Null);
        Assert.That(CiBranch.Find(new Dictionary<string, string> { ["GITHUB_REF"] = "refs/pull/12/merge", ["GITHUB_SHA"] = "c0ffee" }, null)?.Branch, Is.EqualTo("pr-12"));
    }

    [TestCase("main", "main")]
    [TestCase("feature/New_login.2", "feature-New_login.2")]
    [TestCase("a//b  c", "a-b-c")]
    [TestCase("-.x.-", "x")]
    [TestCase(".hidden", "hidden")]
    [TestCase("日本", "cf2abf0c")]
    [TestCase("v1.0+meta", "v1.0-meta")]
    public void A_branch_becomes_a_tag(string branch, string tag) => Assert.That(BranchTag.Of(branch), Is.EqualTo(tag));

    [Test]
    public void Long_branches_that_begin_alike_stay_apart()
    {
        var (one, other) = (BranchTag.Of(new string('x', 200) + "1"), BranchTag.Of(new string('x', 200) + "2"));

        Assert.That((one.Length, one == other, TagGrammar.Objection(one)), Is.EqualTo((63, false, (string?)null)));
    }
}
