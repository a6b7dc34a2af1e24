using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Pinning;

/// <summary>
/// Downloads a file to know its digest, as BuildKit would download it: with redirects, its name and password from the address, compression of the transfer taken off. Nothing of
/// it is kept, in memory or elsewhere.
/// </summary>
internal sealed class HttpSource : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long a server may say nothing, at the beginning and in between; a download as a whole has no limit.</param>
    /// <param name="proxy">Through what servers are reached.</param>
    public HttpSource(TimeSpan patience, IWebProxy proxy)
    {
        _patience = patience;
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, MaxAutomaticRedirections = MostRedirects, ConnectTimeout = patience, UseCookies = false, Proxy = proxy };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("orchestrator", null));
    }

    public async Task<RemoteAnswer> ResolveAsync(RemoteAddress address, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(_patience);
        try
        {
            using var request = Request(address);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new RemoteAnswer(await DigestAsync(response, silence).ConfigureAwait(false))
                : new RemoteAnswer(null, Refusal(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RemoteAnswer(null, $"its server said nothing for {_patience.TotalSeconds:0} seconds");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException or InvalidDataException)
        {
            return new RemoteAnswer(null, address.Hide(Words(exception)).TrimEnd('.'));
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(RemoteAddress address)
    {
        var uri = new Uri(address.Fetched);
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(uri) { UserName = "", Password = "" }.Uri);
        if (uri.UserInfo.Length > 0)
        {
            var login = uri.UserInfo.Contains(':', StringComparison.Ordinal) ? uri.UserInfo : uri.UserInfo + ":";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(login))));
        }

        return request;
    }

    private async Task<string> DigestAsync(HttpResponseMessage response, CancellationTokenSource silence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await stream.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            silence.CancelAfter(_patience);
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Refusal(HttpResponseMessage response) => (int)response.StatusCode is >= 300 and < 400
        ? $"its server answers {(int)response.StatusCode}, and leads nowhere, in circles or from https to http"
        : $"its server answers {(int)response.StatusCode} {response.ReasonPhrase}";

    private static string Words(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: AuthenticationException inner } => "its certificate is not trusted: " + inner.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host is not known: " + exception.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "its server cannot be reached: " + exception.Message,
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the download broke off",
        IOException { InnerException: SocketException } or HttpRequestException { InnerException: IOException { InnerException: SocketException } } => "the download broke off",
        _ => exception.Message,
    };
}
