using System.Text.RegularExpressions;
using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Git;

namespace Orchestrator.Tagging;

/// <summary>
/// Finds out what this build is: what the user said comes first, then git, then, for the branch of a detached HEAD, CI's variables. What cannot be told is
/// no error here; it becomes one when a template needs it.
/// </summary>
/// <param name="git">In the repository's root.</param>
/// <param name="variables">The process environment.</param>
internal sealed partial class ReleaseFactsReader(GitCommand git, IReadOnlyDictionary<string, string> variables, DiagnosticBag diagnostics)
{
    public async Task<ReleaseFacts> ReadAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        GitState? state = null;
        var reason = "";
        try
        {
            var status = await git.RunAsync(GitState.Arguments, cancellationToken).ConfigureAwait(false);
            (state, reason) = status.IsSuccess ? (GitState.Parse(status.Lines), "") : (null, $"git says '{status.Complaint}'");
        }
        catch (GitMissingException exception)
        {
            reason = exception.Message;
        }

        var version = await VersionAsync(request.Version, state, reason, cancellationToken).ConfigureAwait(false);
        var facts = new ReleaseFacts
        {
            Version = version,
            Commit = Commit(request.Commit, state, reason),
            IsDirty = state?.FirstChange is not null || request.Commit?.EndsWith(GitState.DirtySuffix, StringComparison.Ordinal) == true,
            Branch = Branch(request.Branch, state, reason),
        };
        if (request.Version is null && state?.FirstChange is { } change && version.Value is { IsPrerelease: false } release)
        {
            diagnostics.Add(Rules.DirtyRelease.Anywhere(release.ToNormalizedString(), version.Words, change));
        }

        return facts;
    }

    private async Task<Fact<NuGetVersion>> VersionAsync(string? given, GitState? state, string reason, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            if (NuGetVersion.TryParse(given.Trim() is ['v', .. var bare] ? bare : given, out var version))
            {
                return Fact<NuGetVersion>.Known(version, "what was given");
            }

            diagnostics.Add(Rules.InvalidVersion.Anywhere(given));
            return Fact<NuGetVersion>.Refused($"'{given}' is not a version");
        }

        return state is null ? Fact<NuGetVersion>.Missing($"neither --version nor the project says it, and {reason}")
            : state.Commit is null ? Fact<NuGetVersion>.Missing("neither --version nor the project says it, and the repository has no commit yet")
            : await GitVersion.FindAsync(git, state.Commit, cancellationToken).ConfigureAwait(false);
    }

    private Fact<string> Commit(string? given, GitState? state, string reason)
    {
        if (given is not null)
        {
            var hash = given.Trim();
            hash = hash.EndsWith(GitState.DirtySuffix, StringComparison.Ordinal) ? hash[..^GitState.DirtySuffix.Length] : hash;
            if (Hash().IsMatch(hash))
            {
                return Fact<string>.Known(hash.ToLowerInvariant(), "what was given");
            }

            diagnostics.Add(Rules.InvalidCommit.Anywhere(given));
            return Fact<string>.Refused($"'{given}' is not a commit");
        }

        return state is null ? Fact<string>.Missing($"--commit was not given, and {reason}")
            : state.Commit is null ? Fact<string>.Missing("the repository has no commit yet")
            : Fact<string>.Known(state.Commit, "git");
    }

    private Fact<string> Branch(string? given, GitState? state, string reason)
    {
        if (given is not null)
        {
            return CiBranch.Given(given) is { } named ? Fact<string>.Known(named, "what was given") : Fact<string>.Missing($"'{given}' was given, which is no branch");
        }

        if (state?.Branch is { } branch && CiBranch.IsOurs(variables, state.Commit))
        {
            return Fact<string>.Known(branch, "git");
        }

        return CiBranch.Find(variables, state?.Commit) is { } ci ? Fact<string>.Known(ci.Branch, ci.Variable)
            : Fact<string>.Missing(state is null ? $"--branch was not given, and {reason}" : "HEAD is detached or of a pull request, and no variable of a CI system names a branch for this commit; give --branch");
    }

    [GeneratedRegex(@"\A[0-9a-fA-F]{7,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();
}
