using System.Text.Json;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

public sealed partial class DockerEngine
{
    /// <summary>Lets the engine send an image to the registry that its name begins with. What the registry has is not sent again.</summary>
    /// <param name="repository">Registry and repository, such as <c>registry.example:5000/acme/api</c>.</param>
    /// <param name="tag">A tag that the image has on the engine under that name.</param>
    /// <param name="credentials">Null pushes as nobody in particular.</param>
    /// <param name="progress">Called for each change of a layer, one after another.</param>
    /// <returns>The digest that the tag has in the registry now; null when the engine does not say.</returns>
    /// <exception cref="DockerApiException">The registry or the engine refuses; possible in the middle of the push.</exception>
    public async Task<string?> PushImageAsync(
        string repository, string tag, RegistryCredentials? credentials, Action<PushProgress>? progress, CancellationToken cancellationToken)
    {
        var request = new HttpRequest("POST", $"/images/{UrlPath.Escape(repository)}/push?tag={Uri.EscapeDataString(tag)}")
        {
            Headers = [new(RegistryAuth.HeaderName, credentials is null ? RegistryAuth.Nobody : RegistryAuth.Encode(credentials))],
        };
        string? failure = null;
        string? digest = null;
        var answer = await _sender.SendAsync(request, OnLine, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Error(answer);
        }

        return failure is null ? digest : throw new DockerApiException(StreamFailed, failure);

        void OnLine(ReadOnlySpan<byte> bytes)
        {
            var line = ParsePushLine(bytes);
            failure ??= line.Failure;
            digest = line.Aux?.Digest ?? digest;
            if (line.ToProgress() is { } change)
            {
                progress?.Invoke(change);
            }
        }
    }

    private static PushLine ParsePushLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EngineJson.Default.PushLine) ?? new PushLine();
        }
        catch (JsonException exception)
        {
            throw new HttpFormatException($"a line of its stream is not JSON ({exception.Message})");
        }
    }
}
