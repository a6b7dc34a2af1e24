using System.Text.Json;

namespace Orchestrator.Docker.Configuration;

/// <summary>The parts of Docker's <c>config.json</c> that matter here; an absent file says nothing.</summary>
internal sealed class DockerConfigFile
{
    private readonly JsonElement _root;

    private DockerConfigFile(JsonElement root, string path)
    {
        _root = root;
        Path = path;
    }

    public string Path { get; }

    public string? CurrentContext => Text(_root, "currentContext");

    public string? CredentialStore => Text(_root, "credsStore");

    /// <exception cref="DockerConfigurationException">The file is there and is not readable JSON.</exception>
    public static DockerConfigFile Read(DockerEnvironment environment)
    {
        var path = System.IO.Path.Join(environment.ConfigDirectory, "config.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new DockerConfigFile(document.RootElement.Clone(), path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new DockerConfigFile(default, path);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigurationException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    public string? CredentialHelper(string key) => Section("credHelpers") is { } helpers ? Text(helpers, key) : null;

    /// <summary>An entry of <c>auths</c>.</summary>
    public JsonElement? Authentication(string key) =>
        Section("auths") is { } auths && auths.TryGetProperty(key, out var entry) && entry.ValueKind == JsonValueKind.Object ? entry : null;

    /// <summary>An entry of <c>proxies</c>: of the endpoint's address, else <c>default</c>.</summary>
    public JsonElement? Proxies(string endpoint) =>
        Section("proxies") is not { } proxies ? null
        : proxies.TryGetProperty(endpoint, out var own) && own.ValueKind == JsonValueKind.Object ? own
        : proxies.TryGetProperty("default", out var common) && common.ValueKind == JsonValueKind.Object ? common
        : null;

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private JsonElement? Section(string name) =>
        _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var section) && section.ValueKind == JsonValueKind.Object ? section : null;
}
