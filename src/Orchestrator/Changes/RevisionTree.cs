using Orchestrator.Diagnostics;
using Orchestrator.Git;

namespace Orchestrator.Changes;

/// <summary>
/// The files of a commit in a temporary folder, as a checkout would write them. Touches nothing of the repository: git writes through an index of its own, no
/// hook runs, nothing is fetched. Submodules are not in it (<see cref="MovedSubmodules"/>). What Git LFS keeps is there where the working tree has the same
/// content, and else as a pointer, whatever the LFS server has.
/// </summary>
internal sealed class RevisionTree : IDisposable
{
    private readonly string _folder;

    private RevisionTree(string folder, string root, string commit) => (_folder, Root, Commit) = (folder, root, commit);

    /// <summary>What stands for the repository's root; called as that is, because a graph without a name is called after its folder.</summary>
    public string Root { get; }

    /// <summary>The whole hash.</summary>
    public string Commit { get; }

    /// <param name="root">The repository's root, absolute.</param>
    /// <param name="revision">As git understands it.</param>
    /// <param name="diagnostics">Receives why there is none.</param>
    /// <param name="cancellationToken">Ends git too.</param>
    /// <returns>Null when there is no such commit, or it cannot be written.</returns>
    public static async Task<RevisionTree?> CheckOutAsync(string root, string revision, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            var git = new GitCommand(root);
            var parsed = await git.RunAsync(["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"], cancellationToken).ConfigureAwait(false);
            if (!parsed.IsSuccess)
            {
                var shallow = await git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellationToken).ConfigureAwait(false);
                var hint = shallow.Output.Trim() == "true" ? " The clone is shallow: fetch more of its history ('fetch-depth: 0')." : "";
                diagnostics.Add(Rules.UnknownRevision.Anywhere(revision, parsed.Complaint, hint));
                return null;
            }

            return await WriteAsync(root, parsed.Output.Trim(), diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (GitMissingException exception)
        {
            diagnostics.Add(Rules.UnknownRevision.Anywhere(revision, exception.Message, ""));
            return null;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<RevisionTree?> WriteAsync(string root, string commit, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("orchestrator-").FullName;
        var tree = new RevisionTree(folder, Path.Join(folder, Path.GetFileName(root)), commit);
        try
        {
            if (await tree.FillAsync(root, cancellationToken).ConfigureAwait(false) is not { } complaint)
            {
                return tree;
            }

            diagnostics.Add(Rules.RevisionNotRead.Anywhere(commit, complaint));
            tree.Dispose();
            return null;
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    /// <returns>What went wrong; null when all is there.</returns>
    private async Task<string?> FillAsync(string root, CancellationToken cancellationToken)
    {
        // The mark of a repository's root; an empty folder says nothing more.
        Directory.CreateDirectory(Path.Join(Root, ".git"));
        var git = new GitCommand(root) { Variables = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = Path.Join(_folder, "index"), ["GIT_LFS_SKIP_SMUDGE"] = "1" } };
        foreach (string[] arguments in (string[][])[["read-tree", Commit], ["checkout-index", "--all", "--quiet", $"--prefix={Root}/"]])
        {
            var answer = await git.RunAsync(arguments, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                return answer.Complaint;
            }
        }

        try
        {
            var kept = await git.RunAsync(["ls-files", "-z", ":(attr:filter=lfs)"], cancellationToken).ConfigureAwait(false);
            foreach (var path in kept.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                await LfsPointer.ReplaceAsync(Path.Join(Root, path), Path.Join(root, path), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }

        return null;
    }
}
