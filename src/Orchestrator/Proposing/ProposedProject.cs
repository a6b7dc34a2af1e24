using Orchestrator.BuildKit.FileSync;
using Orchestrator.Graph;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Proposing;

/// <summary>A Compose project that builds images.</summary>
/// <param name="Name">What the graph is called where the project is built by itself.</param>
/// <param name="Files">Relative to the repository, the main one first.</param>
/// <param name="Images">What it builds.</param>
internal sealed record ProposedProject(string Name, IReadOnlyList<string> Files, IReadOnlyList<ImageNode> Images)
{
    /// <summary>Whether the name says more than a folder below the top of the repository does: <c>docker/compose.yaml</c> is the <c>docker</c> of many repositories.</summary>
    public bool NamesRepository => PathText.Parent(Files[0]) is var folder && (folder.Length == 0 || Name != ImageKeyGrammar.MakeValid(ComposeProjectName.Normalize(Path.GetFileName(folder))));
}
