using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>The images that services of Compose projects run and nothing in the graph builds: looked up before anything is built, pulled when that was asked for.</summary>
internal static class ServiceImages
{
    /// <summary>One line for each image, for a person.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(
        ImageGraph graph, ExternalImages externals, bool pull, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var sources = graph.Services.Select(service => service.Image.Value).ToHashSet();
        var found = await externals.FindAsync(sources, _ => null, _ => pull, new HashSet<ImageReference>(), cancellationToken).ConfigureAwait(false);
        var lines = new List<string>();
        foreach (var services in graph.Services.GroupBy(service => service.Image.Value))
        {
            var names = string.Join(", ", services.Select(service => service.Name));
            var place = services.First().Image.Span;
            var image = found[services.Key];
            lines.Add($"{services.Key.Familiar}: external, {(image.ImageId.Length > 0 ? "on the engine" : "not on the engine")}; run by {names}");
            if (image.Failure is { } failure)
            {
                diagnostics.Add(Rules.ServiceImageUnavailable.At(place, services.Key.Familiar, names, failure));
            }
            else if (image.ImageId.Length == 0)
            {
                diagnostics.Add(Rules.ServiceImageMissing.At(place, services.Key.Familiar, names));
            }
        }

        return lines;
    }
}
