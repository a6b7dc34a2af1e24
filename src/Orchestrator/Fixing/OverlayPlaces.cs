using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>What has to be laid where, so that the sources of an image are found in its context.</summary>
internal sealed class OverlayPlaces(ImageGraph graph, DiagnosticBag diagnostics)
{
    /// <returns>Place in the context to absolute path, sorted.</returns>
    public IReadOnlyDictionary<string, string> Of(IEnumerable<EscapingSource> sources)
    {
        var places = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (Problem(source, places) is { } problem)
            {
                diagnostics.Add(problem);
            }
        }

        return places;
    }

    private Diagnostic? Problem(EscapingSource source, SortedDictionary<string, string> places)
    {
        if (source.Real is not { } real)
        {
            return source.ToDiagnostic(graph);
        }

        if (!real.StartsWith(graph.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Rules.SourceOutsideRepository.At(source.Source.Span, source.Source.Value, real, graph.Root);
        }

        var build = source.Image.Node.Build;
        var place = Place(build, source.Inside);
        if (place is null || build.Overlay.Any(other => place.StartsWith(other.Key + "/", StringComparison.Ordinal) || other.Key == place))
        {
            return Rules.OverlayInTheWay.At(source.Source.Span, source.Source.Value, real, source.Inside, "an overlay, or a file of the context");
        }

        var path = real[..^(source.Inside.Length - place.Length)];
        if (places.TryAdd(place, path) || places[place] == path)
        {
            return null;
        }

        return Rules.OverlayInTheWay.At(source.Source.Span, source.Source.Value, path, place, places[place]);
    }

    /// <summary>The highest folder on the way that is not there: an overlay hides what the context itself has at its place.</summary>
    private static string? Place(BuildDefinition build, string inside)
    {
        for (var end = inside.IndexOf('/', StringComparison.Ordinal); end >= 0; end = inside.IndexOf('/', end + 1))
        {
            if (IsFree(build, inside[..end]))
            {
                return inside[..end];
            }
        }

        return IsFree(build, inside) && !File.Exists(Path.Join(build.Context.Value, PathText.Parent(inside))) ? inside : null;
    }

    private static bool IsFree(BuildDefinition build, string place) =>
        !Path.Exists(Path.Join(build.Context.Value, place)) && !build.Overlay.Any(other => other.Key.StartsWith(place + "/", StringComparison.Ordinal));
}
