using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>A named context takes the place of a stage of its name, silently and also where the stage is what is built.</summary>
internal static class ProjectContexts
{
    public static void Check(ResolvedGraph graph, DiagnosticBag diagnostics)
    {
        foreach (var image in graph.Images)
        {
            if (image.Node.Build.Project is { } project && image.Document.Stages.FirstOrDefault(stage => stage.Name == project.Context.Value) is { } stage)
            {
                diagnostics.Add(Rules.ProjectContextTaken.At(project.Context.Span, project.Context.Value, $"a stage at {stage.From.Span}"));
            }
        }
    }
}
