using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>Runs <c>dotnet</c>, or a line of a shell, as a person would: without what the test run itself put into the environment. Every run is written down.</summary>
internal static class Command
{
    private static readonly string[] Inherited = ["MSBUILD", "VSTEST", "DOTNET_HOST_PATH", "DOTNET_CLI", "TESTINGPLATFORM", "DOCKER_", "NUGET_PACKAGES", "CI", "COREHOST", "COR_"];
    private static readonly Lock TranscriptLock = new();

    public static Task<CommandResult> DotNetAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunAsync(folder, environment, "dotnet", arguments, $"dotnet {string.Join(' ', arguments)}");

    /// <summary>A line of bash, with both streams in the order in which they were written.</summary>
    public static Task<CommandResult> ShellAsync(string folder, IReadOnlyDictionary<string, string> environment, string line) =>
        RunAsync(folder, environment, "bash", ["-c", "exec 2>&1; set -o pipefail\n" + line], line);

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start(folder, environment, "dotnet", arguments);

    private static async Task<CommandResult> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments, string line)
    {
        var time = Stopwatch.StartNew();
        using var process = Start(folder, environment, program, arguments);
        var output = await OutputOfAsync(process);
        var result = new CommandResult(process.ExitCode, output, time.Elapsed);
        WriteDown(folder, line, result);
        return result;
    }

    private static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            _ = start.Environment.Remove(name);
        }

        // No server may outlive a test: it would hold the package's files. A compiler may that is ended by whoever runs the tests.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = start.Environment.ContainsKey("SharedCompilationId") ? "true" : "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static async Task<string> OutputOfAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return await output + await error;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The command did not end within five minutes.");
        }
    }

    private static void WriteDown(string folder, string line, CommandResult result)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}$ {line}\n{result.Output}[exit code {result.ExitCode}, {result.Duration.TotalSeconds:F1} s]\n\n");
        lock (TranscriptLock)
        {
            _ = Directory.CreateDirectory(Paths.Transcripts);
            var name = string.Concat(TestContext.CurrentContext.Test.FullName.Replace("Orchestrator.Package.Tests.Packed.", "", StringComparison.Ordinal)
                .Select(character => char.IsLetterOrDigit(character) || character is '.' or '_' ? character : '-').Take(120));
            File.AppendAllText(Path.Combine(Paths.Transcripts, name + ".txt"), text);
        }
    }
}
