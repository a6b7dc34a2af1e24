using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Publishing;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A form of telling a run: for a person, for MSBuild, for another program, or next to nothing.</summary>
internal interface IRunReporter : IBuildReporter, IDisposable
{
    /// <summary>The work begins: what is told to take how long counts from here.</summary>
    void Begun()
    {
    }

    /// <summary>This is the graph that the run is about.</summary>
    void Loaded(ImageGraph graph)
    {
    }

    /// <summary>What the plan that comes next is expected to take, by the images' names, and how many images may be at work at once.</summary>
    void Expect(IReadOnlyDictionary<string, TimeSpan> durations, int parallel)
    {
    }

    /// <summary>A plan that is only shown.</summary>
    /// <param name="tags">What each image would be published as; empty where that was not asked for.</param>
    void Show(Plan plan, IReadOnlyList<ImageTags> tags);

    void Say(string line);

    /// <summary>Projects that whoever started the tool has to publish.</summary>
    void Publish(ProjectPublication publication);

    /// <summary>Where publishing is told in this form.</summary>
    IPublishReporter Publishing => this as IPublishReporter ?? new PublishText(this);

    /// <summary>An image begins its way to a registry.</summary>
    /// <param name="name">The image.</param>
    /// <param name="to">Its repository.</param>
    void PushStarted(string name, string to) => Say($"pushing {name} to {to}");

    /// <summary>It is on its way.</summary>
    /// <param name="name">The image.</param>
    /// <param name="bytes">Bytes that went out.</param>
    /// <param name="total">Bytes that there are; 0: not known.</param>
    void Pushing(string name, long bytes, long total)
    {
    }

    /// <summary>It is no longer, arrived or not.</summary>
    void PushEnded(string name)
    {
    }

    void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration);

    void ReportAll(DiagnosticBag diagnostics)
    {
        foreach (var diagnostic in diagnostics.Items)
        {
            Report(diagnostic);
        }
    }

    /// <summary>Leaves the output in order, however the run ended.</summary>
    void IDisposable.Dispose()
    {
    }
}
