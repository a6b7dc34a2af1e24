using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Git;
using Orchestrator.Graph;
using Orchestrator.Tagging;

namespace Orchestrator.Tool;

/// <summary>What a command takes that needs to know which release this is.</summary>
internal sealed class ReleaseOptions
{
    public Option<string?> Version { get; } = new("--version") { Description = "The version to publish, such as 1.4.0. Default: the nearest v* tag of git." };

    public Option<string?> Commit { get; } = new("--commit") { Description = "The commit that is published. Default: git's HEAD." };

    public Option<string?> Branch { get; } = new("--branch") { Description = "The branch that is published. Default: that of git or of the CI system; pr-12 for a pull request." };

    public void AddTo(Command command)
    {
        command.Options.Add(Version);
        command.Options.Add(Commit);
        command.Options.Add(Branch);
    }

    /// <summary>An empty value counts as not given: that is how a CI file passes a variable that is not set.</summary>
    public ReleaseRequest Read(ParseResult parse) => new(Filled(parse.GetValue(Version)), Filled(parse.GetValue(Commit)), Filled(parse.GetValue(Branch)));

    public static Task<ReleaseFacts> FactsAsync(ReleaseRequest request, ImageGraph graph, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        new ReleaseFactsReader(new GitCommand(graph.Root), environment.Variables, diagnostics).ReadAsync(request, cancellationToken);

    private static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
