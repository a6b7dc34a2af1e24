using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Compose;

namespace Orchestrator.Proposing;

/// <summary>The Compose projects of a repository: the one at its root, else those of its folders. Files that lie over others only when somebody says so are not among them.</summary>
internal static class ComposeProjects
{
    public static (IReadOnlyList<ProposedProject> Projects, IReadOnlyList<LeftOut> LeftOut) In(RepositorySurvey survey, IReadOnlyDictionary<string, string> variables)
    {
        var root = ComposeFiles.In(survey.Root, variables);
        var found = root.Count > 0 ? [root] : survey.ComposeFiles.Select(PathText.Parent).Distinct(StringComparer.Ordinal)
            .Select(folder => ComposeFiles.In(Path.Join(survey.Root, folder), new Dictionary<string, string>())).Where(files => files.Count > 0).ToList();
        var projects = new List<ProposedProject>();
        var leftOut = new List<LeftOut>();
        foreach (var files in found)
        {
            var diagnostics = new DiagnosticBag();
            var relative = files.Select(file => PathText.Relative(survey.Root, file)).ToList();
            if (GraphReader.Read(new GraphOptions(files[0], variables) { Overlays = [.. files.Skip(1)], IsCompose = true }, diagnostics) is { } graph)
            {
                projects.Add(new ProposedProject(graph.Name, relative, graph.Images));
            }
            else
            {
                leftOut.Add(LeftOut.For(relative[0], diagnostics));
            }
        }

        var used = projects.SelectMany(project => project.Files).Concat(leftOut.Select(item => item.File)).ToHashSet(StringComparer.Ordinal);
        return (projects, [.. leftOut, .. survey.ComposeFiles.Where(file => !used.Contains(file)).Select(file => new LeftOut(file, "Compose does not read it by itself; name it under 'compose:' or 'environments:'"))]);
    }
}
