using System.Net;

namespace Orchestrator.Registry;

/// <summary>The registry, or the server that gives tokens for it, answered, and the answer is an error.</summary>
public sealed class RegistryApiException(HttpStatusCode statusCode, IReadOnlyList<string> codes, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>The registry's own codes, such as <c>MANIFEST_UNKNOWN</c>; may be empty.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;

    /// <summary>How long the registry asks to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether credentials are missing, wrong, or not enough.</summary>
    public bool IsDenied => StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>
    /// Whether it may be said of something that is not there: it is a refusal, and the registry took a login before. Some hide in this way what does not exist yet.
    /// False for a login that is wrong, or missing.
    /// </summary>
    public bool MayMeanAbsent { get; init; }

    /// <summary>Whether it may pass by itself.</summary>
    public bool IsTransient => StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented;
}
