using System.Text;
using Orchestrator.Keys;
using Orchestrator.State;

namespace Orchestrator.Planning;

/// <summary>
/// Images whose builder was seen to ask for more of the context than their Dockerfiles say as we read them. All of their contexts count, until the Dockerfile
/// changes. Forgetting one costs a build.
/// </summary>
internal sealed class WholeContexts(GraphState? state)
{
    /// <summary>Remembers nothing.</summary>
    public static WholeContexts None { get; } = new(null);

    public bool Holds(ResolvedImage image) => image.NeedsEverything || state?.Read(File(image)) is { } seen && seen.AsSpan().SequenceEqual(Text(image));

    public void Add(ResolvedImage image) => state?.Write(File(image), Text(image));

    private static string File(ResolvedImage image) => "whole-contexts/" + GraphState.NameFor(image.Name);

    private static byte[] Text(ResolvedImage image)
    {
        using var writer = new KeyWriter();
        writer.Field("Dockerfile", image.DockerfileText);
        return Encoding.ASCII.GetBytes(writer.Finish().Hex);
    }
}
