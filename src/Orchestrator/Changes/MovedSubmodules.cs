using Orchestrator.Diagnostics;
using Orchestrator.Git;

namespace Orchestrator.Changes;

/// <summary>
/// Submodules that stand at another commit than at a revision, came or went, and are not checked out: nothing in the working tree shows it. One that is checked out
/// differs anyway from the revision's tree, in which there are none.
/// </summary>
internal static class MovedSubmodules
{
    private const string Mode = "160000";

    /// <param name="root">The repository's root, absolute.</param>
    /// <param name="commit">The revision's whole hash.</param>
    /// <param name="diagnostics">Receives why they cannot be told.</param>
    /// <param name="cancellationToken">Ends git too.</param>
    /// <returns>Their folders, absolute.</returns>
    /// <exception cref="GitMissingException">There is no git.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(string root, string commit, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var answer = await new GitCommand(root).RunAsync(["diff-index", "--cached", "--raw", "-z", "--no-renames", "--ignore-submodules=none", commit], cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            diagnostics.Add(Rules.RevisionNotRead.Anywhere(commit, answer.Complaint));
            return [];
        }

        return [.. Paths(answer.Output).Select(path => Path.Join(root, path)).Where(folder => !IsCheckedOut(folder))];
    }

    /// <summary>Each change is <c>:OLDMODE NEWMODE OLDHASH NEWHASH STATUS</c> and a path, each ended by a zero (https://git-scm.com/docs/diff-format).</summary>
    private static IEnumerable<string> Paths(string changes)
    {
        var fields = changes.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return fields.Chunk(2).Where(change => change[0][1..].Split(' ').Take(2).Contains(Mode)).Select(change => change[1]);
    }

    private static bool IsCheckedOut(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}
