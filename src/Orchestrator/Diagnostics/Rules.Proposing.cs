namespace Orchestrator.Diagnostics;

/// <content>Proposals of a graph.</content>
internal static partial class Rules
{
    public static readonly Rule GraphFileThere = new("ORC1100", Severity.Error,
        "There is a graph file already; nothing is proposed in its place.", "Change it by hand, or move it away first.");

    public static readonly Rule NothingToPropose = new("ORC1101", Severity.Error,
        "There is nothing to build in '{0}': no usable Dockerfile, and no Compose file with a 'build' section.", "Run it at the top of the repository, or name the folder: orchestrator init FOLDER.");

    public static readonly Rule ProposalNotWritten = new("ORC1102", Severity.Error,
        "The proposal has errors, so nothing is written.", "Correct what the errors say, and run it again; where the folder holds several independent projects, propose one at a time: orchestrator init FOLDER.");

    public static readonly Rule SolutionNotChanged = new("ORC1103", Severity.Warning,
        "The images project could not be added to {0}: {1}", "Add it with 'dotnet sln SOLUTION add PROJECT', after the SDK's version stands in global.json and its package source in nuget.config.");
}
