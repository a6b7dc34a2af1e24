using Orchestrator.Diagnostics;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>publish_tags</c> of a graph, an image or a target.</summary>
internal static class PublishTags
{
    private const string Key = "publish_tags";

    /// <returns>Null when the key is not there.</returns>
    public static IReadOnlyList<TagTemplate>? Read(KeyedMapping section, DiagnosticBag diagnostics)
    {
        if (section.Find(Key) is null)
        {
            return null;
        }

        var unquoted = section.Items(Key).OfType<YamlMapping>().ToList();
        foreach (var item in unquoted)
        {
            diagnostics.Add(Rules.TagTemplateNotQuoted.At(item.Span));
        }

        return unquoted.Count > 0 ? [] : [.. section.Texts(Key).Select(text => TagTemplateReader.Read(text, diagnostics)).OfType<TagTemplate>()];
    }
}
