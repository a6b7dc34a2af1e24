using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Which kind of file a graph is read from: its name says it, and where that says nothing, its top-level keys do.</summary>
internal static partial class GraphFormat
{
    public static bool IsCompose(GraphOptions options) => options.IsCompose || IsCompose(options.File);

    public static bool IsCompose(string file) =>
        ComposeFiles.IsName(file) || (Path.GetFileName(file) is not ("images.yml" or "images.yaml") && File.Exists(file) && HasServices(file));

    private static bool HasServices(string file) =>
        YamlText.Read(file, new DiagnosticBag()) is { } text && Services().IsMatch(text) && !Images().IsMatch(text); // what is wrong with it is said when it is read

    [GeneratedRegex(@"^services[ ]*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Services();

    [GeneratedRegex(@"^images[ ]*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Images();
}
