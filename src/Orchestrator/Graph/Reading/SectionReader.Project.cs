using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <content>The .NET project of an image: its path, or a mapping.</content>
internal sealed partial class SectionReader
{
    /// <summary>They decide where output goes, or that it is the same everywhere.</summary>
    private static readonly HashSet<string> OwnProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        "ArtifactsPath", "BaseIntermediateOutputPath", "BaseOutputPath", "Configuration", "ContinuousIntegrationBuild", "CustomBeforeDirectoryBuildProps", "Deterministic",
        "DeterministicSourcePaths", "EnableSourceControlManagerQueries", "EnableSourceLink", "GeneratePackageOnBuild", "IncludeSourceRevisionInInformationalVersion", "IntermediateOutputPath",
        "OrchestratorEnabled", "_OrchestratorProjects", "_OrchestratorProjectsOutput", "_OrchestratorProjectsRoot", "_OrchestratorProjectsRun", "OutputPath", "PathMap", "PublishDir", "UseArtifactsOutput",
    };

    private ProjectSection? Project(KeyedMapping section)
    {
        if (section.Find("project")?.Value is not YamlMapping mapping)
        {
            return section.FilledText("project") is { } path ? new ProjectSection(path, null, null, []) : null;
        }

        var before = _diagnostics.Items.Count;
        var project = new KeyedMapping(mapping, KeyPlaces.Project, "a project", _diagnostics);
        if (project.FilledText("path") is { } written)
        {
            return new ProjectSection(written, project.FilledText("context"), project.FilledText("configuration"), Properties(project));
        }

        if (_diagnostics.Items.Count == before) // what is missing may be what was misspelt
        {
            _diagnostics.Add(Rules.KeyMissing.At(project.Span, "A project", "path"));
        }

        return null;
    }

    private List<KeyValuePair<string, Located<string>>> Properties(KeyedMapping project)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (name, value) in project.Pairs("properties"))
        {
            if (!PropertyName().IsMatch(name))
            {
                _diagnostics.Add(Rules.InvalidValue.At(value.Span, name, "properties", "it cannot be the name of an MSBuild property"));
            }
            else if (OwnProperties.Contains(name))
            {
                _diagnostics.Add(Rules.InvalidValue.At(value.Span, name, "properties", name.Equals("Configuration", StringComparison.OrdinalIgnoreCase) ? "write 'configuration' beside 'properties'" : "publishing for images sets it"));
            }
            else
            {
                read.Add(new(name, new(value.Value ?? "", value.Span)));
            }
        }

        return read;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyName();
}
