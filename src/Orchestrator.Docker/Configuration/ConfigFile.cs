using System.Text.Json;

namespace Orchestrator.Docker.Configuration;

/// <summary>
/// The parts of docker's <c>config.json</c> that are used here. A file that is missing is an empty one; a file that is not JSON
/// is a mistake the user should hear of.
/// </summary>
internal sealed record ConfigFile
{
    private const string FileName = "config.json";
    private const string Variable = "DOCKER_AUTH_CONFIG";

    public Dictionary<string, AuthEntry?>? Auths { get; init; }

    public Dictionary<string, string?>? CredHelpers { get; init; }

    public string? CredsStore { get; init; }

    public string? CurrentContext { get; init; }

    public Dictionary<string, string?>? HttpHeaders { get; init; }

    public Dictionary<string, ProxyEntry?>? Proxies { get; init; }

    public static string PathIn(DockerEnvironment environment) => Path.Combine(environment.ConfigDirectory, FileName);

    /// <exception cref="DockerConfigurationException">The file cannot be read or is not JSON of the expected shape.</exception>
    public static ConfigFile Read(DockerEnvironment environment)
    {
        if (environment.ConfigDirectory.Length == 0)
        {
            return new ConfigFile();
        }

        var path = PathIn(environment);
        if (!File.Exists(path))
        {
            return new ConfigFile(); // asked first: many users have no such file, and the first exception of a process is slow
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            return JsonSerializer.Deserialize(WithoutMark(bytes), ConfigurationJson.Default.ConfigFile) ?? new ConfigFile();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigFile();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigurationException($"Docker's configuration {path} cannot be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new DockerConfigurationException(
                $"Docker's configuration {path} is not valid, see line {exception.LineNumber + 1}, at '{exception.Path}'.", exception);
        }
    }

    /// <summary>
    /// The logins in the variable <c>DOCKER_AUTH_CONFIG</c>, which GitLab's runners and newer docker commands read. Only <c>auths</c> counts, as there: a
    /// runner's helpers are programs of another machine.
    /// </summary>
    /// <returns>Null when it is not set.</returns>
    /// <exception cref="DockerConfigurationException">It is not JSON of the expected shape.</exception>
    public static Dictionary<string, AuthEntry?>? ReadVariable(DockerEnvironment environment)
    {
        if (environment[Variable] is not { } text)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, ConfigurationJson.Default.ConfigFile)?.Auths;
        }
        catch (JsonException exception)
        {
            // Not the exception's own words, nor the exception: they may repeat a piece of what is secret.
            throw new DockerConfigurationException($"The variable {Variable} does not hold JSON in the form of Docker's config.json, see its line {exception.LineNumber + 1}.");
        }
    }

    /// <summary>Editors on Windows put a byte order mark in front, which JSON does not know.</summary>
    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) =>
        bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
}
