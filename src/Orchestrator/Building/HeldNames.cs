using System.Globalization;
using System.Security.Cryptography;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// The names under which one run holds what it builds from: <c>held.orchestrator.invalid/&lt;graph&gt;/&lt;began&gt;-&lt;random&gt;:&lt;identity&gt;</c>. No two runs
/// share one, so that none takes away what another builds from; the time tells what a run left behind that was killed.
/// </summary>
internal sealed class HeldNames
{
    /// <summary>Longer than a run takes. One that is at work without a common lock must not lose what it builds from.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(2);

    private readonly string _repository;

    public HeldNames(ImageGraph graph, DateTimeOffset now)
    {
        const int RandomDigits = 8;
        _repository = string.Create(CultureInfo.InvariantCulture, $"{Folder(graph)}{now.ToUnixTimeSeconds()}-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}");
    }

    /// <summary>The name for an image; it says which one, for the builder shares what runs at the same time by its name.</summary>
    /// <param name="identity">Tells the image from every other one, such as <c>sha256:…</c>.</param>
    public string Of(string identity) => $"{_repository}:{identity.Replace(':', '-')}";

    /// <summary>Whether a text has one of these names in it.</summary>
    public bool AreIn(string text) => text.Contains(_repository + ":", StringComparison.Ordinal);

    /// <summary>What finds the names of all runs of a graph on an engine.</summary>
    public static string Pattern(ImageGraph graph) => Folder(graph) + "*";

    /// <summary>Whether a name is one of a run of this graph that cannot be at work any more.</summary>
    public static bool IsLeftover(ImageGraph graph, string name, DateTimeOffset now)
    {
        var folder = Folder(graph);
        return name.StartsWith(folder, StringComparison.Ordinal)
            && long.TryParse(name[folder.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var began)
            && began < (now - LongestRun).ToUnixTimeSeconds();
    }

    private static string Folder(ImageGraph graph) => $"held.{KeyTag.Host}/{graph.Name}/";
}
