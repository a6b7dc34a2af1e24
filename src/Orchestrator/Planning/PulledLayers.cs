using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Adds up what the engine tells of the layers of one image that it pulls.</summary>
internal sealed class PulledLayers(ImageReference image, IPullReporter reporter)
{
    private readonly Dictionary<string, (long Current, long Total)> _layers = new(StringComparer.Ordinal);

    /// <summary>Called for one change after another.</summary>
    public void Take(PullProgress change)
    {
        var before = _layers.GetValueOrDefault(change.Layer);
        if (change is { Status: "Downloading", Total: > 0 })
        {
            _layers[change.Layer] = (Math.Max(before.Current, change.Current), change.Total);
        }
        else if (change.Status is "Download complete" or "Pull complete" && before.Current < before.Total)
        {
            _layers[change.Layer] = (before.Total, before.Total);
        }
        else
        {
            return;
        }

        reporter.Pulled(image, _layers.Values.Sum(layer => layer.Current), _layers.Values.Sum(layer => layer.Total));
    }
}
