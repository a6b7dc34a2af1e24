using Orchestrator.Diagnostics;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// Puts variables into a Compose document. A required variable that is missing is an error wherever it stands, as in Compose; that one
/// is not set is said only where it concerns what is built.
/// </summary>
internal static class ComposeVariables
{
    public static YamlMapping Expand(YamlMapping document, IReadOnlyDictionary<string, string> variables, DiagnosticBag diagnostics)
    {
        var unheard = new DiagnosticBag();
        var told = new TreeInterpolation(new Interpolation(variables.GetValueOrDefault, diagnostics));
        var quiet = new TreeInterpolation(new Interpolation(variables.GetValueOrDefault, unheard));

        YamlNode Service(YamlNode node) => node is YamlMapping service
            ? Each(service, entry => (ComposeGrammar.OfImages.Contains(entry.Key.Value) ? told : quiet).Node(entry.Value))
            : told.Node(node);

        var expanded = Each(document, entry => entry.Key.Value switch
        {
            "services" when entry.Value is YamlMapping services => Each(services, service => Service(service.Value)),
            "name" or "include" or "secrets" or "services" => told.Node(entry.Value),
            _ => quiet.Node(entry.Value),
        });
        diagnostics.AddRange(unheard.Items.Where(item => item.Severity == Severity.Error));
        return expanded;
    }

    private static YamlMapping Each(YamlMapping mapping, Func<YamlEntry, YamlNode> expand) =>
        mapping with { Entries = [.. mapping.Entries.Select(entry => new YamlEntry(entry.Key, expand(entry)))] };
}
