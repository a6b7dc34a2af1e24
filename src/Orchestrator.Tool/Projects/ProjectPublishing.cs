using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.State;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Projects;

/// <summary>
/// Publishes the .NET projects of a graph, before it is planned: whatever is said of an image whose project was not published in this run would be about an
/// earlier one.
/// </summary>
internal static class ProjectPublishing
{
    /// <param name="loaded">The graph; its projects may be published already.</param>
    /// <param name="step">Who publishes them.</param>
    /// <param name="reporter">Told what there is to publish; null where the output is a program's.</param>
    /// <param name="environment">Around the process.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The graph to plan; null when there are errors, or when MSBuild was told what to publish.</returns>
    public static async Task<LoadedGraph?> RunAsync(
        LoadedGraph loaded, ProjectStep step, IRunReporter? reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var graph = loaded.Graph;
        if (!loaded.HasProjects)
        {
            return loaded;
        }

        var publications = new ProjectPublications(graph, new GraphState(environment.StateDirectory, graph.Graph.File), environment.ToolDirectory, step.Run ?? Guid.NewGuid().ToString("N"));
        var all = publications.All();
        var projects = all.SelectMany(publication => publication.Projects).ToList();
        if (!publications.AreOfThisRun) // nor where another run published after MSBuild did
        {
            Begin(publications, environment, diagnostics);
            if (step.IsTold && !diagnostics.HasErrors)
            {
                Tell(all, reporter, diagnostics);
                return null;
            }

            reporter?.Say($"publishing {string.Join(", ", projects.Select(project => Path.GetRelativePath(graph.Graph.Root, project.File.Value)))}");
            await PublishAsync(diagnostics.HasErrors ? [] : all, graph.Graph.Root, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        foreach (var project in diagnostics.HasErrors ? [] : projects)
        {
            Finish(project, publications.Output(project), environment, diagnostics);
        }

        return diagnostics.HasErrors ? null : loaded.WithPublished(publications.Output, diagnostics);
    }

    private static void Tell(IReadOnlyList<ProjectPublication> publications, IRunReporter? reporter, DiagnosticBag diagnostics)
    {
        diagnostics.Clear(); // it is all found again when they are published
        foreach (var publication in publications)
        {
            reporter?.Publish(publication);
        }
    }

    private static void Begin(ProjectPublications publications, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        try
        {
            publications.Begin();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.PublishFolderUnusable.Anywhere(environment.StateDirectory, exception.Message, ""));
        }
    }

    private static void Finish(ProjectSource project, string output, ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        if (!Directory.Exists(output))
        {
            diagnostics.Add(DotNetPublish.NotPublished(project, [$"nothing came to '{output}'; it must be a project of the .NET SDK whose own files do not set PublishDir or IsPublishable."]));
            return;
        }

        try
        {
            StaticAssetLists.Normalize(output);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.PublishFolderUnusable.Anywhere(environment.StateDirectory, exception.Message, ""));
        }
    }

    /// <summary>One run of MSBuild after the other; each is as wide as the machine.</summary>
    private static async Task PublishAsync(IEnumerable<ProjectPublication> publications, string root, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var publish = new DotNetPublish(root, environment.DotNetHost, environment.Processors);
        foreach (var publication in publications)
        {
            var findings = await publish.RunAsync(publication, cancellationToken).ConfigureAwait(false);
            if (findings.Count > 0 && StateRoom.Trouble(environment.StateDirectory) is { } trouble)
            {
                diagnostics.Add(Rules.PublishFolderUnusable.Anywhere(environment.StateDirectory, trouble, string.Concat(findings.Select(finding => "\n" + finding.Message))));
                return;
            }

            diagnostics.AddRange(findings);
        }
    }
}
