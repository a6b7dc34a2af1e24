using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Orchestrator.Tasks;

/// <summary>
/// Turns what the tool writes into MSBuild's events. Nothing that the tool or a container prints is ever given to MSBuild's own parser
/// of errors: pip's harmless <c>ERROR: …</c> would fail the build.
/// </summary>
/// <param name="log">Where the events go.</param>
/// <param name="defaultFile">Named by errors and warnings that have no file; MSBuild would name a targets file of the package.</param>
/// <param name="projectName">Stands before what became of images, in place of the tool's word; the tool knows no project.</param>
internal sealed class ToolReport(TaskLoggingHelper log, string defaultFile, string? projectName)
{
    /// <summary>How the tool begins a line about an image that is done, and about all of them.</summary>
    private const string Subject = "images";
    private const string Result = Subject + " -> ";
    private const int TailLength = 20;

    private readonly List<ITaskItem> _images = [];
    private readonly List<ToolLine> _projects = [];
    private readonly Queue<string> _tail = new();
    private bool _otherVersionSeen;

    public ITaskItem[] Images => [.. _images];

    /// <summary>What has to be built before the tool does its work.</summary>
    public IReadOnlyCollection<ToolLine> Projects => _projects;

    /// <summary>Whether the tool wrote to standard output.</summary>
    public bool HasOutput { get; private set; }

    /// <summary>The last lines of standard error.</summary>
    public IReadOnlyCollection<string> Tail => _tail;

    /// <summary>Takes a line of standard output.</summary>
    public void Output(string line)
    {
        HasOutput = true;
        if (!ToolLine.TryParse(line, out var parsed) || parsed is null)
        {
            log.LogMessage(MessageImportance.Low, line);
            return;
        }

        switch (parsed.Kind)
        {
            case ToolLineKind.Error:
                log.LogError(null, parsed.Code, null, parsed.HelpLink, FileOf(parsed), parsed.Line, parsed.Column, parsed.EndLine, parsed.EndColumn, parsed.Text);
                break;
            case ToolLineKind.Warning:
                log.LogWarning(null, parsed.Code, null, parsed.HelpLink, FileOf(parsed), parsed.Line, parsed.Column, parsed.EndLine, parsed.EndColumn, parsed.Text);
                break;
            case ToolLineKind.Message:
                log.LogMessage(parsed.Importance, parsed.Importance == MessageImportance.High ? OfProject(parsed.Text) : parsed.Text);
                break;
            case ToolLineKind.Image:
                _images.Add(ItemOf(parsed));
                break;
            case ToolLineKind.Project:
                _projects.Add(parsed);
                break;
            default:
                ReportOtherVersion(parsed.Version);
                break;
        }
    }

    /// <summary>Takes a line of standard error, where the tool writes only what it could not report.</summary>
    public void Error(string line)
    {
        log.LogMessage(MessageImportance.Low, line);
        _tail.Enqueue(line);
        if (_tail.Count > TailLength)
        {
            _ = _tail.Dequeue();
        }
    }

    /// <summary>Reports something that the tasks found themselves.</summary>
    public void Fail(string code, string text) => log.LogError(null, code, null, null, defaultFile, 0, 0, 0, 0, text);

    private static TaskItem ItemOf(ToolLine line)
    {
        var item = new TaskItem(Literal(line.Name));
        foreach (var pair in line.Metadata.Where(pair => pair.Key.Length > 0))
        {
            item.SetMetadata(pair.Key, Literal(pair.Value));
        }

        return item;
    }

    private string OfProject(string text) =>
        !string.IsNullOrEmpty(projectName) && text.StartsWith(Result, StringComparison.Ordinal) ? projectName + text.Substring(Subject.Length) : text;

    /// <summary>MSBuild unescapes what an item holds; semicolons stay, so that lists can be split.</summary>
    private static string Literal(string value) => value.Replace("%", "%25").Replace("*", "%2a").Replace("?", "%3f");

    private string FileOf(ToolLine line) => line.File.Length == 0 ? defaultFile : line.File;

    private void ReportOtherVersion(int version)
    {
        if (!_otherVersionSeen)
        {
            _otherVersionSeen = true;
            Fail(
                "ORC0005",
                FormattableString.Invariant($"The Orchestrator tool speaks version {version} of the line protocol and the MSBuild tasks version {ToolLine.SupportedVersion}: ")
                    + "they are not of one package. Remove OrchestratorToolDirectory, or point it at the tool of this package's version.");
        }
    }
}
