using System.Globalization;
using System.Text;

namespace Orchestrator.State;

/// <summary>How long each image took when it was last built, for estimates. A line for each: milliseconds, a blank, the image's name.</summary>
internal sealed class ImageDurations(GraphState state)
{
    private const string File = "durations";
    private const string Version = "durations 1";

    /// <summary>Empty when nothing is known.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Read()
    {
        var durations = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var lines = state.Read(File) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [];
        if (lines is [Version, .. var rows])
        {
            foreach (var row in rows)
            {
                if (row.Split(' ', 2) is [var number, { Length: > 0 } name] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
                {
                    durations[name] = TimeSpan.FromMilliseconds(milliseconds);
                }
            }
        }

        return durations;
    }

    /// <summary>Remembers the images that were built now beside those that were built before.</summary>
    public void Add(IReadOnlyCollection<(string Name, TimeSpan Duration)> built)
    {
        if (built.Count == 0)
        {
            return;
        }

        var durations = new Dictionary<string, TimeSpan>(Read(), StringComparer.Ordinal);
        foreach (var (name, duration) in built)
        {
            durations[name] = duration;
        }

        var text = new StringBuilder(Version);
        foreach (var (name, duration) in durations.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)).Append(' ').Append(name);
        }

        state.Write(File, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
