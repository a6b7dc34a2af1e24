using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// Reads <c>annotations</c>: names to values, each name with what it annotates before it (https://docs.docker.com/build/metadata/annotations/); without,
/// the image's manifest.
/// </summary>
internal static partial class Annotations
{
    private static readonly string[] Places = [Annotation.Manifest, Annotation.Index, Annotation.ManifestDescriptor];

    /// <param name="named">Names and values as written.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>Place, colon and name to value.</returns>
    public static IReadOnlyList<KeyValuePair<string, Located<string>>> Read(IEnumerable<KeyValuePair<string, Located<string>>> named, DiagnosticBag diagnostics)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (written, value) in named)
        {
            var match = Grammar().Match(written);
            var places = match.Groups["places"].Success ? match.Groups["places"].Value.Split(',') : [Annotation.Manifest];
            if (!match.Success || places.Except(Places).Any())
            {
                diagnostics.Add(Rules.InvalidValue.At(value.Span, written, "annotations", $"before its name may stand {string.Join(", ", Places.Select(place => place + ":"))}"));
                continue;
            }

            read.AddRange(places.Select(place => KeyValuePair.Create($"{place}:{match.Groups["name"].Value}", value)));
        }

        return ImageSection.Joined([], read);
    }

    /// <summary>What belongs to an index needs one: BuildKit refuses it at the end of the build, or drops it without a word.</summary>
    public static void Check(BuildDefinition build, DiagnosticBag diagnostics)
    {
        foreach (var (name, value) in build.IsIndex ? [] : build.Annotations.Where(annotation => !annotation.Key.StartsWith(Annotation.Manifest + ":", StringComparison.Ordinal)))
        {
            diagnostics.Add(Rules.AnnotationWithoutIndex.At(value.Span, name));
        }
    }

    /// <summary>Words in small letters before a colon are places; a name that has a colon of its own has a dot before it.</summary>
    [GeneratedRegex(@"\A(?:(?<places>[a-z,-]+(?:\[[^\]]*\])?):)?(?<name>[^\s:=]\S*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
