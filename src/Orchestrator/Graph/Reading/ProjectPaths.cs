using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Makes what <c>project</c> says a project file that exists, and its output a named context.</summary>
internal sealed class ProjectPaths(ReadingScope scope)
{
    private const string UsualContext = "app";
    private const string UsualConfiguration = "Release";

    /// <summary>How a project file is called: <c>Api.csproj</c>, <c>Api.fsproj</c>.</summary>
    private const string Extension = "proj";

    public ProjectSource? Read(ProjectSection? section, IReadOnlyList<KeyValuePair<string, Located<string>>> contexts)
    {
        if (section is null || Existing(section.Path) is not { } file)
        {
            return null;
        }

        var context = section.Context ?? section.Path with { Value = UsualContext };
        if (!ImageKeyGrammar.IsValid(context.Value))
        {
            scope.Diagnostics.Add(Rules.InvalidValue.At(context.Span, context.Value, "context", "use lower-case letters and digits, joined by '.', '_' or '-'"));
        }
        else if (contexts.FirstOrDefault(other => other.Key == context.Value) is { Value: { } taken })
        {
            scope.Diagnostics.Add(Rules.ProjectContextTaken.At(context.Span, context.Value, $"one of 'additional_contexts' at {taken.Span}"));
        }

        var properties = ImageSection.Joined([], section.Properties).Select(property => KeyValuePair.Create(property.Key, property.Value.Value));
        return new ProjectSource(section.Path with { Value = file }, context, section.Configuration?.Value ?? UsualConfiguration, [.. properties.OrderBy(property => property.Key, StringComparer.Ordinal)]);
    }

    private string? Existing(Located<string> written)
    {
        var absolute = scope.Paths.Absolute(written.Value);
        if (!scope.Paths.Admits(absolute, written.Span))
        {
            return null;
        }

        if (File.Exists(absolute) && absolute.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !absolute.Contains('|', StringComparison.Ordinal))
        {
            return absolute;
        }

        var reason = Directory.Exists(absolute) ? "it is a directory." + ProjectIn(absolute, written.Value)
            : File.Exists(absolute) ? "that is no project file."
            : "it does not exist." + RepositoryPaths.NearbyPhrase(absolute);
        scope.Diagnostics.Add(Rules.ProjectUnusable.At(written.Span, absolute, reason));
        return null;
    }

    private static string ProjectIn(string directory, string written)
    {
        try
        {
            var projects = Directory.GetFiles(directory, "*.*" + Extension);
            return projects.Length == 1 ? $" Did you mean '{written.TrimEnd('/')}/{Path.GetFileName(projects[0])}'?" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
