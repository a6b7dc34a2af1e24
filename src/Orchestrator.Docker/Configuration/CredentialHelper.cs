using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Orchestrator.Docker.Configuration;

/// <summary>
/// Runs <c>docker-credential-NAME get</c>: the server on standard input, JSON on standard output
/// (https://github.com/docker/docker-credential-helpers).
/// </summary>
internal static class CredentialHelper
{
    private const string TokenUser = "<token>";

    public static async Task<RegistryCredentials?> GetAsync(
        string name, string server, DockerEnvironment environment, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var program = "docker-credential-" + name;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var process = Start(program, environment);
        try
        {
            await process.StandardInput.WriteAsync(server.AsMemory(), limit.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? Parse(output, program) : NotFound(output, program, process.ExitCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DockerConfigurationException($"the credential helper '{program}' gave no answer within {timeout.TotalSeconds:0} s.");
        }
        catch (IOException exception)
        {
            throw new DockerConfigurationException($"the credential helper '{program}' went away: {exception.Message}", exception);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string program, DockerEnvironment environment)
    {
        var path = Find(program, environment) ?? throw new DockerConfigurationException($"the credential helper '{program}' is not on the PATH.");
        var start = new ProcessStartInfo(path, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new DockerConfigurationException($"the credential helper '{program}' cannot be started: {exception.Message}", exception);
        }
    }

    private static string? Find(string program, DockerEnvironment environment) =>
        (environment["PATH"] ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Join(directory, environment.IsWindows ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);

    private static RegistryCredentials? NotFound(string output, string program, int exitCode) =>
        output.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
            ? null
            : throw new DockerConfigurationException($"the credential helper '{program}' failed with exit code {exitCode}.");

    private static RegistryCredentials Parse(string output, string program)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var username = DockerConfigFile.Text(document.RootElement, "Username") ?? "";
            var secret = DockerConfigFile.Text(document.RootElement, "Secret") ?? throw new JsonException();
            return username == TokenUser ? new RegistryCredentials("", secret, true) : new RegistryCredentials(username, secret, false);
        }
        catch (JsonException)
        {
            // The output is not shown: it may hold a secret.
            throw new DockerConfigurationException($"the credential helper '{program}' gave something other than its JSON answer.");
        }
    }
}
