using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Orchestrator.Docker.Credentials;

/// <summary>
/// A program <c>docker-credential-NAME</c>. Protocol: it is started with <c>get</c>, reads the registry's name from its input up to
/// the end, and prints JSON; an exit code other than 0 comes with a sentence on its output, one of which means "nothing stored".
/// What it prints on success is a secret and never gets into a message.
/// </summary>
internal sealed class CredentialHelper(string name, DockerEnvironment environment, TimeSpan timeout)
{
    private const string TokenUser = "<token>";
    private const string NothingStored = "credentials not found";

    private readonly string _program = "docker-credential-" + name;

    /// <returns>Null when the helper has nothing for this registry.</returns>
    /// <exception cref="DockerConfigurationException">The helper is missing, fails, hangs, or prints something else.</exception>
    public async Task<RegistryCredentials?> GetAsync(string registry, CancellationToken cancellationToken)
    {
        var path = FindProgram();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            var output = await RunAsync(path, registry, limited.Token);
            return Read(output, registry);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(registry, $"it did not answer within {timeout.TotalSeconds:0.#} seconds");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw Failed(registry, exception.Message);
        }
    }

    private string FindProgram()
    {
        if (name.AsSpan().IndexOfAny("/\\") >= 0)
        {
            throw new DockerConfigurationException($"Docker's configuration names a credential helper '{name}'; a helper's name has no slashes.");
        }

        string[] endings = environment.IsWindows ? [".exe", ".cmd", ".bat"] : [""];
        var directories = environment["PATH"]?.Split(environment.IsWindows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return directories
            .SelectMany(directory => endings, (directory, ending) => Path.Combine(directory, _program + ending))
            .FirstOrDefault(File.Exists)
            ?? throw new DockerConfigurationException($"Docker's configuration names the credential helper '{name}', but there is no {_program} on the PATH.");
    }

    private async Task<HelperOutput> RunAsync(string path, string registry, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(path)) ?? throw new IOException("it did not start");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await WriteInputAsync(process, registry, cancellationToken);
            await Task.WhenAll(output, errors).WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new HelperOutput(process.ExitCode, await output, await errors);
        }
        finally
        {
            Kill(process);
        }
    }

    private ProcessStartInfo StartInfo(string path)
    {
        var start = new ProcessStartInfo(path, ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (var (variable, value) in environment.Variables)
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    private static async Task WriteInputAsync(Process process, string registry, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(registry.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code and output say more than a broken pipe.
        }
    }

    private RegistryCredentials? Read(HelperOutput output, string registry)
    {
        if (output.ExitCode != 0)
        {
            var said = output.Output.Trim() is { Length: > 0 } text ? text : output.Errors.Trim();
            return said.Contains(NothingStored, StringComparison.OrdinalIgnoreCase)
                ? null
                : throw Failed(registry, $"exit code {output.ExitCode}{(said.Length > 0 ? $", {said}" : "")}");
        }

        HelperAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(output.Output, HelperJson.Default.HelperAnswer);
        }
        catch (JsonException)
        {
            // Without the cause: its message may quote the output.
            throw Failed(registry, "what it printed is not JSON");
        }

        // Helpers of clouds answer so for a registry that is not theirs.
        if (string.IsNullOrEmpty(answer?.Username) && string.IsNullOrEmpty(answer?.Secret))
        {
            return null;
        }

        if (answer.Username is null || answer.Secret is null)
        {
            throw Failed(registry, "what it printed has no Username and Secret");
        }

        return answer.Username == TokenUser
            ? new RegistryCredentials("", answer.Secret, IsIdentityToken: true)
            : new RegistryCredentials(answer.Username, answer.Secret, IsIdentityToken: false);
    }

    private DockerConfigurationException Failed(string registry, string why) =>
        new($"The credential helper {_program} gave nothing for {registry}: {why}.");

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }
}
