using System.Diagnostics;

namespace Orchestrator.Tests.Compose;

/// <summary>
/// The real tool: <c>docker</c> on PATH with its Compose plug-in, as <c>build/engine tools</c> puts there. No engine is needed. Where it is missing
/// a test says so and counts as skipped; in CI that is a failure.
/// </summary>
internal static class DockerCompose
{
    private static readonly Lazy<string?> Missing = new(WhyMissing);

    public static void Require()
    {
        if (Missing.Value is { } reason && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"CI has no docker compose: {reason}");
        }

        if (Missing.Value is { } why)
        {
            Assert.Ignore($"no docker compose here: {why}; `eval \"$(build/engine tools)\"` puts it on PATH");
        }
    }

    public static (int ExitCode, string Output, string Error) Run(ComposeCase composeCase, params string[] arguments)
    {
        var files = composeCase.Files.SelectMany(file => new[] { "-f", file });
        return Run(composeCase.Root, composeCase.Variables, ["compose", .. files, .. arguments]);
    }

    private static (int ExitCode, string Output, string Error) Run(string directory, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("COMPOSE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string? WhyMissing()
    {
        try
        {
            var (exitCode, _, error) = Run(Path.GetTempPath(), new Dictionary<string, string>(), ["compose", "version"]);
            return exitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
