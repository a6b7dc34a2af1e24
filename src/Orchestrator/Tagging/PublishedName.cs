using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Tagging;

/// <summary>The repository that a local name is published to.</summary>
internal static class PublishedName
{
    private const string DockerHub = "docker.io";
    private const string Official = "library/";

    /// <summary>A name that has a registry of its own keeps it; any other gets the graph's <c>registry</c> in front.</summary>
    /// <returns>Null when there is none, or a registry would refuse it; that was reported.</returns>
    public static string? Of(ImageGraph graph, ImageNode node, Located<ImageReference> local, DiagnosticBag diagnostics)
    {
        var reference = local.Value;
        var bare = reference with { Tag = null };
        var name = reference.Registry == DockerHub && graph.Registry is { } registry ? $"{registry}/{bare.Familiar}" : $"{reference.Registry}/{reference.Repository}";
        if (reference.Registry == DockerHub && graph.Registry is null && reference.Repository.StartsWith(Official, StringComparison.Ordinal))
        {
            diagnostics.Add(Rules.NoRegistry.At(local.Span, node.DisplayName));
            return null;
        }

        if (TagGrammar.NameObjection(name) is { } objection)
        {
            diagnostics.Add(Rules.InvalidRepository.At(local.Span, node.DisplayName, name, objection));
            return null;
        }

        return name;
    }
}
