using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Docker.Configuration;

/// <summary>Docker's contexts: <c>contexts/meta/&lt;sha256 of the name&gt;/meta.json</c> and <c>contexts/tls/…/docker/*.pem</c>.</summary>
internal static class ContextStore
{
    /// <exception cref="DockerConfigurationException">There is no such context, or it is not readable.</exception>
    public static DockerEndpoint Read(DockerEnvironment environment, string name)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var file = Path.Join(environment.ConfigDirectory, "contexts", "meta", id, "meta.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var docker = document.RootElement.GetProperty("Endpoints").GetProperty("docker");
            var host = docker.GetProperty("Host").GetString() ?? "";
            var skip = docker.TryGetProperty("SkipTLSVerify", out var value) && value.ValueKind == JsonValueKind.True;
            var tls = TlsOf(Path.Join(environment.ConfigDirectory, "contexts", "tls", id, "docker"), !skip);
            var address = DockerEndpoint.Parse(host, $"context '{name}'");
            return new DockerEndpoint(address, $"context '{name}'", tls ?? (skip && address.Scheme == "https" ? new DockerTls(null, null, null, false) : null));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DockerConfigurationException($"the Docker context '{name}' does not exist; `docker context ls` shows those that do.", exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigurationException($"the Docker context '{name}' cannot be read from '{file}': {exception.Message}", exception);
        }
    }

    /// <summary>The certificates of a folder; null when it holds none.</summary>
    public static DockerTls? TlsOf(string directory, bool verify)
    {
        var (ca, certificate, key) = (Existing("ca.pem"), Existing("cert.pem"), Existing("key.pem"));
        return ca is null && certificate is null ? null : new DockerTls(ca, certificate, key, verify);

        string? Existing(string name) => File.Exists(Path.Join(directory, name)) ? Path.Join(directory, name) : null;
    }
}
