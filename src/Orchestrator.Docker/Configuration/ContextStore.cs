using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Docker.Configuration;

/// <summary>The contexts that <c>docker context</c> keeps: a folder per name's SHA-256 under <c>meta</c> and <c>tls</c>.</summary>
internal sealed class ContextStore(DockerEnvironment environment, Func<string, bool> fileExists)
{
    private const string EngineEndpoint = "docker";

    /// <param name="name">The context.</param>
    /// <param name="chosenBy">Who named it, for the message when it is missing.</param>
    /// <exception cref="DockerConfigurationException">There is no such context, or it is broken.</exception>
    public DockerEndpoint Read(string name, string chosenBy)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var contexts = Path.Combine(environment.ConfigDirectory, "contexts");
        var file = Path.Combine(contexts, "meta", id, "meta.json");
        if (!fileExists(file))
        {
            throw new DockerConfigurationException(
                $"The Docker context '{name}' (from {chosenBy}) does not exist: there is no {file}. 'docker context ls' lists those that do.");
        }

        var endpoint = ReadEndpoint(name, file);
        var origin = $"context '{name}'";
        var tls = Tls(Path.Combine(contexts, "tls", id, EngineEndpoint), endpoint.SkipTlsVerify);
        var address = HostAddress.Parse(endpoint.Host!, origin, tls is not null);
        return new DockerEndpoint(address, origin, address.Scheme is "tcp" or "http" or "https" ? tls : null);
    }

    private static ContextEndpoint ReadEndpoint(string name, string file)
    {
        try
        {
            var metadata = JsonSerializer.Deserialize(File.ReadAllBytes(file), ConfigurationJson.Default.ContextMetadata);
            var endpoint = metadata?.Endpoints?.GetValueOrDefault(EngineEndpoint);
            return string.IsNullOrEmpty(endpoint?.Host)
                ? throw new DockerConfigurationException($"The Docker context '{name}' names no engine: there is no Endpoints.docker.Host in {file}.")
                : endpoint;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigurationException($"The Docker context '{name}' cannot be read from {file}: {exception.Message}", exception);
        }
    }

    private DockerTls? Tls(string directory, bool skipVerify)
    {
        var authority = Existing("ca.pem");
        var certificate = Existing("cert.pem");
        var key = Existing("key.pem");
        if (authority is null && certificate is null && key is null && !skipVerify)
        {
            return null;
        }

        var hasPair = certificate is not null && key is not null;
        return new DockerTls(authority, hasPair ? certificate : null, hasPair ? key : null, !skipVerify);

        string? Existing(string file)
        {
            var path = Path.Combine(directory, file);
            return fileExists(path) ? path : null;
        }
    }
}
