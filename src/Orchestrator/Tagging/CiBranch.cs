using System.Globalization;

namespace Orchestrator.Tagging;

/// <summary>
/// The branch as CI systems tell it; they check out a commit, so git itself does not know it. A pull request is <c>pr-12</c>, never its source branch:
/// a fork's <c>main</c> must not take the tag of ours.
/// </summary>
internal static class CiBranch
{
    private const string Heads = "refs/heads/";
    private const string Origin = "origin/";

    /// <summary>Variables that hold a branch's name and nothing else, of systems without rules of their own here.</summary>
    private static readonly string[] Plain = ["BRANCH_NAME", "CI_BRANCH", "CIRCLE_BRANCH", "BITBUCKET_BRANCH", "BUILDKITE_BRANCH", "TRAVIS_BRANCH", "GIT_BRANCH"];

    /// <summary>Variables that hold the number of a pull request, or <c>false</c>; its branch is then that of the fork, or the one that it is for.</summary>
    private static readonly string[] Numbers = ["TRAVIS_PULL_REQUEST", "BUILDKITE_PULL_REQUEST"];

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
            return ($"pr-{number}", "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER");
        }

        if (Value("BUILD_SOURCEBRANCH") is { } azure)
        {
            return Reference(azure, "BUILD_SOURCEBRANCH");
        }

        if (Value("CI_MERGE_REQUEST_IID") is { } request)
        {
            return ($"pr-{request}", "CI_MERGE_REQUEST_IID");
        }

        if (Value("CI_COMMIT_BRANCH") is { } gitlab)
        {
            return (gitlab, "CI_COMMIT_BRANCH");
        }

        if (Array.Find(Numbers, name => int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } numbered)
        {
            return ($"pr-{Value(numbered)}", numbered);
        }

        return Array.Find(Plain, name => Value(name) is not null) is { } plain ? (Short(Value(plain)!), plain) : null;
    }

    /// <summary><c>refs/heads/x</c> is x, <c>refs/pull/12/merge</c> is pr-12, a tag is no branch.</summary>
    private static (string, string)? Reference(string reference, string variable)
    {
        var parts = reference.Split('/');
        return reference.StartsWith(Heads, StringComparison.Ordinal) ? (reference[Heads.Length..], variable)
            : parts is ["refs", "pull", var number, ..] ? ($"pr-{number}", variable)
            : null;
    }

    private static string Short(string branch) =>
        branch.StartsWith(Heads, StringComparison.Ordinal) ? branch[Heads.Length..]
        : branch.StartsWith(Origin, StringComparison.Ordinal) ? branch[Origin.Length..]
        : branch;
}
