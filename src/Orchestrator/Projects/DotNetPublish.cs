using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Programs;

namespace Orchestrator.Projects;

/// <summary>Publishes projects by a <c>dotnet</c> of its own. Knows what MSBuild prints, and nothing of images.</summary>
/// <param name="directory">Where it is started, which decides on a global.json.</param>
/// <param name="executable">The .NET host; found on PATH when it is only a name.</param>
/// <param name="parallel">Projects that may be built at the same time.</param>
internal sealed partial class DotNetPublish(string directory, string executable, int parallel)
{
    private const int TailLength = 20;

    /// <returns>What is wrong; empty when everything is published.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(ProjectPublication publication, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "msbuild", publication.ProjectFile, "-restore", "-target:Publish", "-nologo", "-verbosity:quiet", "-terminalLogger:off", "-consoleLoggerParameters:NoSummary", "-nodeReuse:false",
            "-maxCpuCount:" + parallel.ToString(CultureInfo.InvariantCulture), .. publication.Properties.Select(property => $"-property:{property.Key}={property.Value}"),
        ];
        try
        {
            var run = await ProgramRun.RunAsync(executable, arguments, directory, [], cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 ? [] : Findings(publication, run.Output + run.Error);
        }
        catch (Win32Exception exception)
        {
            return [NotPublished(publication.Projects[0], [$"'{executable}' cannot be started: {exception.Message.TrimEnd('.')}. The .NET SDK is needed for it."])];
        }
    }

    /// <summary>Errors at the project that MSBuild names behind them; those of projects that nobody named here, a library say, at the first.</summary>
    public static IReadOnlyList<Diagnostic> Findings(ProjectPublication publication, string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = lines.Select(line => ErrorLine().Match(line)).Where(match => match.Groups["category"].Value == "error")
            .Select(match => (Text: match.Groups["text"].Value, Project: match.Groups["project"].Value)).Distinct().ToList();
        if (errors.Count == 0)
        {
            return [NotPublished(publication.Projects[0], [.. lines.TakeLast(TailLength)])];
        }

        var named = publication.Projects.ToDictionary(project => project.File.Value, StringComparer.Ordinal);
        return
        [
            .. errors.GroupBy(error => named.GetValueOrDefault(error.Project) ?? publication.Projects[0])
                .Select(group => NotPublished(group.Key, [.. group.Select(error => error.Text).Distinct(StringComparer.Ordinal)])),
        ];
    }

    public static Diagnostic NotPublished(ProjectSource project, IReadOnlyList<string> lines) =>
        Rules.ProjectNotPublished.At(project.File.Span, project.File.Value, string.Concat(lines.Select(line => "\n  " + line)));

    /// <summary>MSBuild's form: where, category, code, text, and the project in brackets.</summary>
    [GeneratedRegex(@"\A(?<text>(?:.*?: )??(?:[A-Za-z]+ )?(?<category>error|warning)(?: [A-Za-z]+[0-9]+)? ?: .*?)(?: \[(?<project>[^\]]*?)(?:::[^\]]*)?\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();
}
