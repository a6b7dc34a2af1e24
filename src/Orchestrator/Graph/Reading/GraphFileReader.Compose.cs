using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;

namespace Orchestrator.Graph.Reading;

/// <content>Compose projects: a graph by themselves, or part of one.</content>
internal sealed partial class GraphFileReader
{
    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    private GraphPart ReadProject()
    {
        if (options.EnvironmentName is { } name)
        {
            diagnostics.Add(Rules.EnvironmentUnknown.Anywhere(name, "this graph is a Compose file; environments are declared in images.yml."));
        }

        IReadOnlyList<Located<string>> files = [.. options.Overlays.Prepend(options.File).Select(file => new Located<string>(file, new SourceSpan(file, 1, 1)))];
        var paths = PathsOf(options.File, allowOutside: false);
        var part = ReadCompose(new ComposeSource(files, null, null, options.Environment) { Folder = options.Folder }, paths, options.Named.ToHashSet(StringComparer.Ordinal));
        var assembly = new ImageAssembly(new ReadingScope(paths, NoVariables, diagnostics));
        var nodes = part.Sections.SelectMany(named => assembly.Assemble(named.Key, named.Section)).ToList();
        if (nodes.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Add(Rules.ProjectWithoutBuilds.At(new SourceSpan(options.File, 1, 1)));
        }

        var links = new NodeLinks(nodes, diagnostics);
        return part with { Images = [.. nodes.Select(links.Resolve)] };
    }

    /// <param name="named">Services that images.yml or a user names: their profiles do not matter.</param>
    private GraphPart ReadCompose(ComposeSource source, RepositoryPaths paths, IReadOnlySet<string> named)
    {
        var found = new DiagnosticBag(); // a mistake elsewhere does not keep this file's own from being found
        var own = paths with { Diagnostics = found };
        var project = new ComposeReader(own, found).Read(source with { Texts = options.Texts, WorkingFolder = options.WorkingFolder });
        var sections = new ComposeSections(project, new ReadingScope(own with { Directory = project.Directory }, NoVariables, found), named);
        var part = new GraphPart { Name = ImageKeyGrammar.MakeValid(project.Name), IsNamed = project.IsNamed, Root = paths.Root, InputFiles = project.Files };
        if (!found.HasErrors)
        {
            part = part with { Sections = sections.Images(), Services = sections.Services() };
        }

        diagnostics.AddRange(found.Items);
        return part with { IsIncomplete = found.HasErrors };
    }

    /// <param name="variables">Those of the graph file's own env files; null where it names none, and the project reads its <c>.env</c> itself.</param>
    private ComposeSource SourceOf(IncludeItem item, RepositoryPaths paths, IReadOnlyDictionary<string, string>? variables)
    {
        IReadOnlyList<Located<string>> files = [.. item.Files.Select(file => file with { Value = paths.Absolute(file.Value) })];
        var directory = item.ProjectDirectory is { } named ? paths.Absolute(named.Value) : null;
        return item.EnvFiles is { } envFiles
            ? new ComposeSource(files, directory, [.. envFiles.Select(file => file with { Value = paths.Absolute(file.Value) })], options.Environment)
            : new ComposeSource(files, directory, variables is null ? null : [], variables ?? options.Environment);
    }
}
