using Orchestrator.Proposing;

namespace Orchestrator.Tool.Reporters;

/// <summary>What was found in a repository and what was inferred from it, a line for each thing; then the files themselves.</summary>
internal static class ProposalReport
{
    public static void Write(TextWriter output, RepositorySurvey survey, GraphProposal proposal)
    {
        string[] found = [Count(survey.Dockerfiles.Count, "Dockerfile"), Count(survey.ComposeFiles.Count, "Compose file"), Count(survey.Solutions.Count, "solution"), Count(survey.Projects.Count, "project")];
        output.WriteLine($"{survey.Root}: {string.Join(", ", found)}");
        foreach (var project in proposal.Projects)
        {
            output.WriteLine($"  {string.Join(" + ", project.Files)}: its services {string.Join(", ", project.Images.SelectMany(image => image.Aliases.Prepend(image.Name)))}");
        }

        foreach (var image in proposal.Images)
        {
            output.WriteLine($"  {image.Key}: {string.Join("; ", image.Reasons)}");
        }

        foreach (var item in proposal.LeftOut)
        {
            output.WriteLine($"  not {item.File}: {item.Reason}");
        }
    }

    /// <param name="remarks">On ignore files that are there.</param>
    public static void Write(TextWriter output, IReadOnlyList<ProposedIgnoreFile> ignores, IReadOnlyList<string> remarks)
    {
        foreach (var line in ignores.Select(ignore => $"{ignore.Path}: {ignore.Reason}").Concat(remarks))
        {
            output.WriteLine("  " + line);
        }
    }

    public static void WriteFile(TextWriter output, string path, string content)
    {
        output.WriteLine();
        output.WriteLine($"# {path}");
        output.Write(content);
    }

    private static string Count(int number, string thing) => $"{number} {thing}{(number == 1 ? "" : "s")}";
}
