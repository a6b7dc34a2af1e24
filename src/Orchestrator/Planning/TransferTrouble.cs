using Orchestrator.Docker;

namespace Orchestrator.Planning;

/// <summary>
/// What an engine's text about a failed pull or push means. The engine passes on what the registry said as a sentence, without status and without
/// <c>Retry-After</c>; only this closed list is taken for something that may pass. What it says about credentials never is.
/// </summary>
internal static class TransferTrouble
{
    private static readonly string[] Denied =
    [
        "unauthorized", "no basic auth credentials", "denied", "authentication required", "insufficient_scope", "403 Forbidden", "401 Unauthorized", "incorrect username or password",
    ];

    private static readonly string[] Passing =
    [
        "toomanyrequests", "too many requests", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway", "unexpected HTTP status: 5",
        "connection refused", "connection reset", "broken pipe", "EOF", "i/o timeout", "TLS handshake timeout", "Client.Timeout", "deadline exceeded", "closed network connection",
        "server closed idle connection", "server misbehaving", "blob upload unknown", "blob upload invalid", "unknown blob", "blob unknown to registry",
    ];

    public static bool IsDenied(DockerApiException exception) => Contains(Denied, exception);

    public static bool MayPass(Exception exception) => exception switch
    {
        DockerUnreachableException => true,
        DockerApiException api => !IsDenied(api) && Contains(Passing, api),
        _ => false,
    };

    private static bool Contains(string[] phrases, DockerApiException exception) =>
        Array.Exists(phrases, phrase => exception.EngineMessage.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
