using System.Text.Json.Serialization;
using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>A tag of a release.</summary>
/// <param name="Template">What it was made of: it tells what may move the tag.</param>
internal sealed record ReleasedTag(string Tag, TagClass Class, string Template)
{
    [JsonIgnore]
    public bool IsWhole => Tag is not null && TagGrammar.Objection(Tag) is null && Template is not null && Parsed is not null;

    [JsonIgnore]
    private TagTemplate? Parsed => TagTemplateReader.Read(new Located<string>(Template, SourceSpan.None), new DiagnosticBag());

    /// <summary>The tag in a repository.</summary>
    public PublishTag In(ImageReference repository, NuGetVersion? version) =>
        new(repository with { Tag = Tag }, Class, Parsed!.Uses(TagPlaceholder.Branch) ? null : version, Parsed);
}
