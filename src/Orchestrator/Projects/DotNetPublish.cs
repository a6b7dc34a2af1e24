using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Projects;

/// <summary>Publishes projects by a <c>dotnet</c> of its own. Knows what MSBuild prints, and nothing of images.</summary>
/// <param name="directory">Where it is started, which decides on a global.json.</param>
/// <param name="executable">The .NET host; found on PATH when it is only a name.</param>
/// <param name="parallel">Projects that may be built at the same time.</param>
internal sealed partial class DotNetPublish(string directory, string executable, int parallel)
{
    private const int TailLength = 20;

    /// <returns>What is wrong; empty when everything is published.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(Publication publication, CancellationToken cancellationToken)
    {
        using var process = Start(publication, out var obstacle);
        if (process is null)
        {
            return [NotPublished(publication.Projects[0], [$"'{executable}' cannot be started: {obstacle.TrimEnd('.')}. The .NET SDK is needed for it."])];
        }

        process.StandardInput.Close();
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0 ? [] : Findings(publication, output + await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Errors at the project that MSBuild names behind them; those of projects that nobody named here, a library say, at the first.</summary>
    public static IReadOnlyList<Diagnostic> Findings(Publication publication, string output)
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

    private Process? Start(Publication publication, out string obstacle)
    {
        string[] arguments =
        [
            "msbuild", publication.ProjectFile, "-restore", "-target:Publish", "-nologo", "-verbosity:quiet", "-terminalLogger:off", "-consoleLoggerParameters:NoSummary", "-nodeReuse:false",
            "-maxCpuCount:" + parallel.ToString(CultureInfo.InvariantCulture), .. publication.Properties.Select(property => $"-property:{property.Key}={property.Value}"),
        ];
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            obstacle = "";
            return Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            obstacle = exception.Message;
            return null;
        }
    }

    /// <summary>MSBuild's form: where, category, code, text, and the project in brackets.</summary>
    [GeneratedRegex(@"\A(?<text>(?:.*?: )??(?:[A-Za-z]+ )?(?<category>error|warning)(?: [A-Za-z]+[0-9]+)? ?: .*?)(?: \[(?<project>[^\]]*?)(?:::[^\]]*)?\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();
}
