using System.Collections.Concurrent;
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
    private const string Folder = "whole-contexts";

    /// <summary>Hardly any graph has one, so that is asked once and not for each context.</summary>
    private readonly Lazy<ConcurrentDictionary<string, bool>> _files = new(() => new(state?.Files(Folder).Select(file => KeyValuePair.Create(file, true)) ?? [], StringComparer.Ordinal));

    /// <summary>Remembers nothing.</summary>
    public static WholeContexts None => new(null);

    public bool Holds(ResolvedImage image) => image.NeedsEverything
        || (!_files.Value.IsEmpty && _files.Value.ContainsKey(File(image)) && state?.Read(File(image)) is { } seen && seen.AsSpan().SequenceEqual(Text(image)));

    public void Add(ResolvedImage image)
    {
        state?.Write(File(image), Text(image));
        _files.Value[File(image)] = true;
    }

    private static string File(ResolvedImage image) => $"{Folder}/{GraphState.NameFor(image.Name)}";

    private static byte[] Text(ResolvedImage image)
    {
        using var writer = new KeyWriter();
        writer.Field("Dockerfile", image.DockerfileText);
        return Encoding.ASCII.GetBytes(writer.Finish().Hex);
    }
}
