using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Proposing;

/// <summary>Reads a proposal as the file that it is to be, before anybody is shown it.</summary>
internal static class ProposalCheck
{
    /// <param name="file">Absolute; where the text would lie.</param>
    /// <param name="diagnostics">Receives what is wrong with it, or with the Dockerfiles that it names.</param>
    /// <returns>Null when there are errors.</returns>
    public static ResolvedGraph? Read(string file, string text, IReadOnlyDictionary<string, string> variables, string platform, DiagnosticBag diagnostics) =>
        GraphReader.Read(new GraphOptions(file, variables) { Texts = new Dictionary<string, string> { [file] = text } }, diagnostics) is { } graph ? LoadedGraph.Load(graph, platform, diagnostics)?.Graph : null;
}
