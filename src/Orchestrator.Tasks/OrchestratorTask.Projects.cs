using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <content>
/// .NET projects that images are made of. The tool says what to publish and does nothing else; they are published in this build, by its nodes and with its
/// loggers, and then the tool is started again. A graph without projects starts it once.
/// </content>
public abstract partial class OrchestratorTask
{
    /// <summary>Of what was given to this build, only where packages come from counts for the projects too: what they become must not depend on how it was started.</summary>
    private static readonly string[] Inherited = ["Restore", "NuGet"];

    /// <summary>Under which name the tool told this build to publish.</summary>
    private const string RunProperty = "_OrchestratorProjectsRun";

    private string? _published;

    /// <inheritdoc/>
    public override bool Execute()
    {
        var isDone = base.Execute();
        if (!isDone || _report!.Projects.Count == 0)
        {
            return isDone;
        }

        var projects = _report.Projects;
        if (!projects.All(Publish))
        {
            return false;
        }

        _published = projects.First().Metadata.First(property => property.Key == RunProperty).Value;
        return base.Execute();
    }

    /// <summary>Restoring and building differ in a global property, since packages bring files that a project imports.</summary>
    private bool Publish(ToolLine project)
    {
        var restore = new Dictionary<string, string>
        {
            ["MSBuildRestoreSessionId"] = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture),
            ["MSBuildIsRestoring"] = "true",
        };
        return Build(project, "Restore", restore) && Build(project, "Publish", []);
    }

    private bool Build(ToolLine project, string target, Dictionary<string, string> more)
    {
        var properties = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var property in project.Metadata.Concat(more))
        {
            properties[property.Key] = property.Value;
        }

        IList<string> removed = [.. GlobalProperties().Where(name => !properties.ContainsKey(name) && !Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))];
        return BuildEngine3.BuildProjectFilesInParallel([project.Name], [target], [properties], [removed], [null!], returnTargetOutputs: false).Result;
    }

    private IEnumerable<string> GlobalProperties() => (BuildEngine as IBuildEngine6)?.GetGlobalProperties().Keys ?? [];
}
