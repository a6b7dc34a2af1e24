using Orchestrator.Fixing;

namespace Orchestrator.Tool.Reporters;

/// <summary>What a fix would change, as a diff, and what became of it.</summary>
internal static class FixReport
{
    public static void Write(TextWriter output, string root, FixProposal proposal)
    {
        foreach (var file in proposal.Files)
        {
            output.Write(UnifiedDiff.Of(file, Name(root, file)));
        }

        if (proposal.Files.Count > 0)
        {
            output.WriteLine();
        }
    }

    /// <param name="isClean">Nothing was left that cannot be changed.</param>
    public static void WriteEnd(TextWriter output, string root, FixProposal proposal, FixWay way, bool writes, IReadOnlyList<FileDraft> written, bool isClean)
    {
        foreach (var file in written)
        {
            output.WriteLine($"{(file.IsNew ? "created" : "changed")} {Name(root, file)}");
        }

        if (proposal.Files.Count == 0)
        {
            output.WriteLine(isClean ? "nothing to do: no source leaves its build context" : "nothing was changed");
        }
        else if (writes)
        {
            output.WriteLine($"fixed: {string.Join(", ", written.Count == proposal.Files.Count ? proposal.Images : [])}".TrimEnd(' ', ':'));
        }
        else
        {
            output.WriteLine($"would be fixed: {string.Join(", ", proposal.Images)}");
            output.WriteLine($"Nothing was written; orchestrator fix {(way == FixWay.Context ? "--context " : "")}--write makes these changes.");
        }
    }

    private static string Name(string root, FileDraft file) => Path.GetRelativePath(root, file.Path).Replace('\\', '/');
}
