using System.Text.Json;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Credentials;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

public sealed partial class DockerEngine
{
    private const int StreamFailed = 500;

    /// <summary>Lets the engine fetch an image from its registry, for its own platform.</summary>
    /// <param name="reference">Without tag and digest, <c>latest</c> is meant.</param>
    /// <param name="credentials">Null pulls as nobody in particular.</param>
    /// <param name="progress">Called for each change that the engine tells, one after another.</param>
    /// <exception cref="DockerApiException">The registry or the engine refuses; possible in the middle of the pull.</exception>
    public Task PullImageAsync(
        string reference, RegistryCredentials? credentials, Action<PullProgress>? progress, CancellationToken cancellationToken) =>
        PullImageAsync(reference, null, credentials, progress, cancellationToken);

    /// <summary>Lets the engine fetch an image from its registry for one platform; what it has of it for others stays.</summary>
    /// <param name="reference">Without tag and digest, <c>latest</c> is meant.</param>
    /// <param name="platform"><c>os/architecture[/variant]</c>; null is the engine's own.</param>
    /// <param name="credentials">Null pulls as nobody in particular.</param>
    /// <param name="progress">Called for each change that the engine tells, one after another.</param>
    /// <exception cref="DockerApiException">The registry or the engine refuses; possible in the middle of the pull.</exception>
    public Task PullImageAsync(
        string reference, string? platform, RegistryCredentials? credentials, Action<PullProgress>? progress, CancellationToken cancellationToken)
    {
        // Without a tag the engine would pull all tags of the repository.
        var tag = HasTagOrDigest(reference) ? "" : "&tag=latest";
        var only = platform is null ? "" : $"&platform={Uri.EscapeDataString(platform)}";
        return TransferAsync($"/images/create?fromImage={Uri.EscapeDataString(reference)}{tag}{only}", RegistryAuth.Header(credentials, RegistryKey.OfImage(reference).Primary), OnLine, cancellationToken);

        void OnLine(TransferLine line)
        {
            if (line.ToPullProgress() is { } change)
            {
                progress?.Invoke(change);
            }
        }
    }

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
        string? digest = null;
        await TransferAsync($"/images/{UrlPath.Escape(repository)}/push?tag={Uri.EscapeDataString(tag)}", RegistryAuth.Header(credentials, RegistryKey.OfImage(repository).Primary), OnLine, cancellationToken);
        return digest;

        void OnLine(TransferLine line)
        {
            digest = line.Aux?.Digest ?? digest;
            if (line.ToPushProgress() is { } change)
            {
                progress?.Invoke(change);
            }
        }
    }

    /// <summary>Lets the engine ask a registry which manifest a reference stands for now; nothing is fetched.</summary>
    /// <param name="reference">A name with tag or digest.</param>
    /// <param name="credentials">Null asks as nobody in particular.</param>
    /// <returns>The digest of the manifest, or of the index where there is one.</returns>
    /// <exception cref="DockerApiException">
    /// 404: the registry has no such image. 401 and 403: it does not say. Anything else: it could not be asked.
    /// </exception>
    public async Task<string> ResolveImageAsync(string reference, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        var request = new HttpRequest("GET", $"/distribution/{UrlPath.Escape(reference)}/json") { Headers = [RegistryAuth.Header(credentials, RegistryKey.OfImage(reference).Primary)] };
        var answer = await SendAsync(request, cancellationToken);
        return Parse(answer, element => element.Object("Descriptor")?.Text("digest")) is { Length: > 0 } digest ? digest : throw new DockerApiException(answer.Head.Status, "the answer names no digest");
    }

    /// <summary>The engine answers with success before it begins; a failure is one of the lines.</summary>
    private async Task TransferAsync(string target, KeyValuePair<string, string> login, Action<TransferLine> onLine, CancellationToken cancellationToken)
    {
        string? failure = null;
        var answer = await _sender.SendAsync(new HttpRequest("POST", target) { Headers = [login] }, OnLine, cancellationToken);
        if (!answer.IsSuccess)
        {
            var refusal = Error(answer);
            throw new DockerApiException(refusal.StatusCode, refusal.EngineMessage) { IsOfTransfer = true };
        }

        if (failure is not null)
        {
            throw new DockerApiException(StreamFailed, failure) { IsOfTransfer = true };
        }

        void OnLine(ReadOnlySpan<byte> bytes)
        {
            var line = ParseLine(bytes);
            failure ??= line.Failure;
            onLine(line);
        }
    }

    private static TransferLine ParseLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EngineJson.Default.TransferLine) ?? new TransferLine();
        }
        catch (JsonException exception)
        {
            throw new HttpFormatException($"a line of its stream is not JSON ({exception.Message})");
        }
    }

    private static bool HasTagOrDigest(string reference) =>
        reference.Contains('@', StringComparison.Ordinal) || reference.LastIndexOf(':') > reference.LastIndexOf('/');
}
