using System.Net.Http.Headers;
using System.Security.Cryptography;
using Orchestrator.Diagnostics;
using Orchestrator.Reports;

namespace Orchestrator.Tool.Tracing;

/// <summary>Sends the trace of a run that is over. Whatever happens is at most one warning, and takes no longer than the settings allow.</summary>
internal static class TraceExport
{
    /// <summary>As OpenTelemetry's own exporters do it.</summary>
    private const int SpansAtOnce = 512;
    private const int TraceLength = 32;

    public static async Task SendAsync(RunReport report, TraceSettings settings, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (await TrySendAsync(report, settings, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            diagnostics.Add(Rules.TraceNotSent.Anywhere(Shown(settings.Endpoint), reason.TrimEnd('.')));
        }
    }

    /// <returns>Why not; null when it was sent.</returns>
    private static async Task<string?> TrySendAsync(RunReport report, TraceSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Protocol == "grpc")
        {
            return "traces are sent over HTTP, and OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'";
        }

        if (!Uri.TryCreate(settings.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return "it is no address that begins with http:// or https://";
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Patience);
        var trace = settings.Parent?.Trace ?? RandomNumberGenerator.GetHexString(TraceLength, lowercase: true);
        try
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            foreach (var spans in BuildTrace.Of(report, settings.Parent?.Span ?? "").Chunk(SpansAtOnce))
            {
                using var request = Request(address, TraceJson.Of(spans, trace, settings.Resource), settings);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode)
                {
                    return $"it answered {(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
                }
            }

            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException?.Message ?? exception.Message;
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? null : $"it did not answer within {settings.Patience.TotalSeconds} s";
        }
    }

    /// <summary>Without a password.</summary>
    private static string Shown(string endpoint) => endpoint[(endpoint.LastIndexOf('@') + 1)..];

    private static HttpRequestMessage Request(Uri address, byte[] content, TraceSettings settings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in settings.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
