using System.Globalization;
using System.Text;
using Orchestrator.State;

namespace Orchestrator.Reports;

/// <summary>
/// Remembers the last build of a graph that had something to do, for comparison and for estimates. A line for the run: when it started and what it took; then one for each
/// image: what building it took (<c>-</c>: never built), its bytes, its name. All times in milliseconds.
/// </summary>
internal sealed class PastBuilds(GraphState state)
{
    private const string File = "last-build";
    private const string Version = "last-build 1";
    private const string Never = "-";

    /// <summary>Milliseconds, more than thirty years: no build takes longer, and times of many images can be added up.</summary>
    private const long MostTime = 1L << 40;

    /// <summary>Null when nothing is known.</summary>
    public PastBuild? Read()
    {
        if (state.Read(File) is not { } bytes || Encoding.UTF8.GetString(bytes).Split('\n') is not [Version, var head, .. var rows]
            || head.Split(' ') is not [var start, var took] || Number(start) is not { } started || Number(took, MostTime) is not { } duration || started > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return null;
        }

        var images = new Dictionary<string, PastImage>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Split(' ', 3) is [var time, var size, { Length: > 0 } name] && Number(size) is { } known && (time == Never || Number(time, MostTime) is not null))
            {
                images[name] = new PastImage(known, Number(time, MostTime) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null);
            }
        }

        return new PastBuild(DateTimeOffset.FromUnixTimeMilliseconds(started), TimeSpan.FromMilliseconds(duration), images);
    }

    /// <summary>What building images took when they were built last, for estimates; empty when nothing is known.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Durations()
    {
        var durations = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (name, image) in Read()?.Images ?? new Dictionary<string, PastImage>())
        {
            if (image.Duration is { } duration)
            {
                durations.Add(name, duration);
            }
        }

        return durations;
    }

    /// <summary>Of an image that the build did not reach, or did not have to build, what was known stays, as long as the graph has it.</summary>
    /// <param name="graph">Names of all images of the graph, of which the build may have been about a few.</param>
    public void Add(PastBuild build, IEnumerable<string> graph)
    {
        var names = graph.ToHashSet(StringComparer.Ordinal);
        var images = Read()?.Images.Where(image => names.Contains(image.Key)).ToDictionary(StringComparer.Ordinal) ?? [];
        foreach (var (name, image) in build.Images)
        {
            images[name] = image with { Duration = image.Duration ?? images.GetValueOrDefault(name)?.Duration };
        }

        state.Write(File, Encoding.UTF8.GetBytes(Text(build with { Images = images })));
    }

    private static string Text(PastBuild build)
    {
        var text = new StringBuilder(Version).Append('\n').Append(Text(build.Started.ToUnixTimeMilliseconds())).Append(' ').Append(Text((long)build.Duration.TotalMilliseconds));
        foreach (var (name, image) in build.Images.OrderBy(image => image.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(image.Duration is { } duration ? Text((long)duration.TotalMilliseconds) : Never).Append(' ').Append(Text(image.Size)).Append(' ').Append(name);
        }

        return text.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for what is none, or more than any time or size is.</summary>
    private static long? Number(string text, long most = 1L << 50) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < most ? number : null;
}
