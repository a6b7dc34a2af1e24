using System.Globalization;

namespace Orchestrator.Tagging;

/// <summary>
/// The branch as CI systems tell it; they check out a commit, so git itself does not know it. A pull request is <c>pr-12</c>, never its source branch:
/// a fork's <c>main</c> must not take the tag of ours.
/// </summary>
internal static class CiBranch
{
    private const string References = "refs/";
    private const string Heads = "refs/heads/";
    private const string Origin = "origin/";
    private const string Request = "pr-";

    /// <summary>Variables that hold a branch's name and nothing else, of systems without rules of their own here.</summary>
    private static readonly string[] Plain = ["BRANCH_NAME", "CI_BRANCH", "CIRCLE_BRANCH", "BITBUCKET_BRANCH", "BUILDKITE_BRANCH", "TRAVIS_BRANCH", "GIT_BRANCH"];

    /// <summary>Variables that hold the number of a pull request, or <c>false</c>; its branch is then that of the fork, or the one that it is for.</summary>
    private static readonly string[] Numbers = ["TRAVIS_PULL_REQUEST", "BUILDKITE_PULL_REQUEST"];

    /// <summary>GitHub's events that run beside a commit of this repository and are made to look at another one, which may be that of a fork.</summary>
    private static readonly string[] BesideOthers = ["pull_request_target", "workflow_run", "issue_comment"];

    /// <summary>
    /// Whether the name of the branch that git has checked out says whose it is: a workflow for a pull request can check out the request's branch by its name, and that is
    /// then the name of a branch of the fork.
    /// </summary>
    /// <param name="variables">The process environment.</param>
    /// <param name="commit">What is checked out; null when that is not known.</param>
    public static bool IsOurs(IReadOnlyDictionary<string, string> variables, string? commit) =>
        Find(variables, commit)?.Branch.StartsWith(Request, StringComparison.Ordinal) != true
        && (!BesideOthers.Contains(variables.GetValueOrDefault("GITHUB_EVENT_NAME")) || (commit is not null && variables.GetValueOrDefault("GITHUB_SHA") == commit));

    /// <param name="variables">The process environment.</param>
    /// <param name="commit">
    /// What is checked out; null when that is not known. GitHub tells the branch of the commit that began the workflow, and one of a pull request may have checked out
    /// that request (<c>pull_request_target</c>).
    /// </param>
    /// <returns>Null when no variable tells a branch, as in a build of a tag.</returns>
    public static (string Branch, string Variable)? Find(IReadOnlyDictionary<string, string> variables, string? commit)
    {
        string? Value(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        if (Value("GITHUB_REF") is { } github)
        {
            return github.StartsWith(Heads, StringComparison.Ordinal) && (commit is null || Value("GITHUB_SHA") != commit) ? null : Reference(github, "GITHUB_REF");
        }

        if (Value("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER") is { } number)
        {
            return ($"{Request}{number}", "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER");
        }

        if (Value("BUILD_SOURCEBRANCH") is { } azure)
        {
            return Reference(azure, "BUILD_SOURCEBRANCH");
        }

        if (Value("CI_MERGE_REQUEST_IID") is { } request)
        {
            return ($"{Request}{request}", "CI_MERGE_REQUEST_IID");
        }

        if (Value("CI_COMMIT_BRANCH") is { } gitlab)
        {
            return (gitlab, "CI_COMMIT_BRANCH");
        }

        if (Array.Find(Numbers, name => int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } numbered)
        {
            return ($"{Request}{Value(numbered)}", numbered);
        }

        return Array.Find(Plain, name => Value(name) is not null) is { } plain ? (Short(Value(plain)!), plain) : null;
    }

    /// <summary>What a person or a CI file gives: a name, or one of git's references as CI systems have them.</summary>
    /// <returns>Null for a reference that is no branch, such as <c>refs/tags/v1.4.0</c>.</returns>
    public static string? Given(string text) => text.StartsWith(References, StringComparison.Ordinal) ? Reference(text, "")?.Branch : text;

    /// <summary><c>refs/heads/x</c> is x, <c>refs/pull/12/merge</c> is pr-12, a tag is no branch.</summary>
    private static (string Branch, string Variable)? Reference(string reference, string variable)
    {
        var parts = reference.Split('/');
        return reference.StartsWith(Heads, StringComparison.Ordinal) ? (reference[Heads.Length..], variable)
            : parts is ["refs", "pull", var number, ..] ? ($"{Request}{number}", variable)
            : null;
    }

    private static string Short(string branch) =>
        branch.StartsWith(Heads, StringComparison.Ordinal) ? branch[Heads.Length..]
        : branch.StartsWith(Origin, StringComparison.Ordinal) ? branch[Origin.Length..]
        : branch;
}
