namespace Orchestrator.Git;

/// <summary>What is checked out.</summary>
/// <param name="Commit">The whole hash of HEAD; null before the first commit.</param>
/// <param name="Branch">Null when HEAD is detached.</param>
/// <param name="FirstChange">
/// A path that differs from the commit: changed, untracked and not ignored, or inside a submodule. Null when the tree is clean.
/// </param>
internal sealed record GitState(string? Commit, string? Branch, string? FirstChange)
{
    /// <summary>Ends the name of a commit whose tree is not clean.</summary>
    public const string DirtySuffix = "-dirty";

    private const string OidHeader = "# branch.oid ";
    private const string HeadHeader = "# branch.head ";

    /// <summary>What is in the tree: the commit, with <see cref="DirtySuffix"/> when that alone does not say it. Null before the first commit.</summary>
    public string? Revision => Commit is null || FirstChange is null ? Commit : Commit + DirtySuffix;

    /// <summary>
    /// Untracked files count as changes, for a build context holds them too; submodules count whatever <c>.gitmodules</c> says, for the same reason.
    /// </summary>
    public static IReadOnlyList<string> Arguments { get; } = ["status", "--porcelain=v2", "--branch", "--untracked-files=normal", "--ignore-submodules=none"];

    /// <summary>Reads porcelain v2 (https://git-scm.com/docs/git-status#_porcelain_format_version_2).</summary>
    public static GitState Parse(IEnumerable<string> lines)
    {
        string? commit = null, branch = null, change = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(OidHeader, StringComparison.Ordinal))
            {
                commit = line[OidHeader.Length..] is var oid && oid != "(initial)" ? oid : null;
            }
            else if (line.StartsWith(HeadHeader, StringComparison.Ordinal))
            {
                branch = line[HeadHeader.Length..] is var head && head != "(detached)" ? head : null;
            }
            else if (change is null && !line.StartsWith('#'))
            {
                change = PathOf(line);
            }
        }

        return new GitState(commit, branch, change);
    }

    /// <summary>The fields before a path are counted by the kind of the entry; a rename has its old path behind a tab.</summary>
    private static string PathOf(string entry)
    {
        var fields = entry[0] switch { '1' => 8, '2' => 9, 'u' => 10, _ => 1 };
        return entry.Split(' ', fields + 1)[^1].Split('\t')[0];
    }
}
