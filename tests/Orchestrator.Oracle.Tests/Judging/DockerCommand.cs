using System.Diagnostics;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>Docker's own command against one engine, and other programs.</summary>
internal static class DockerCommand
{
    /// <exception cref="InvalidOperationException">The command failed; the message is what it printed.</exception>
    public static async Task<string> RunAsync(string host, CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var (code, output, error) = await TryAsync(host, cancellationToken, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {error}");
    }

    public static Task<(int Code, string Output, string Error)> TryAsync(string host, CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        ProcessAsync("docker", arguments, new Dictionary<string, string> { ["DOCKER_HOST"] = host }, null, cancellationToken);

    public static async Task<(int Code, string Output, string Error)> ProcessAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Reads a file out of an image without running anything of it.</summary>
    public static async Task<string> ReadAsync(string host, string image, string path, CancellationToken cancellationToken)
    {
        var container = (await RunAsync(host, cancellationToken, "create", image, "none")).Trim();
        var copy = Path.Join(Path.GetTempPath(), "orchestrator-read-" + Guid.NewGuid().ToString("N"));
        try
        {
            await RunAsync(host, cancellationToken, "cp", $"{container}:{path}", copy);
            return await File.ReadAllTextAsync(copy, cancellationToken);
        }
        finally
        {
            File.Delete(copy);
            await TryAsync(host, cancellationToken, "rm", container);
        }
    }
}
