using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Orchestrator.Registry.Http;

/// <summary>
/// The connections to one registry. An insecure one is asked with TLS first and without it when it does not speak TLS, as Docker does; a secure
/// one never without. How many there are is not limited here, where a request would wait for one while its clock runs, but by whoever sends.
/// </summary>
internal sealed class HostConnection : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly HostAddress _address;
    private readonly RegistryOptions _options;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Uri? _base;

    public HostConnection(HostAddress address, RegistryOptions options)
    {
        (_address, _options) = (address, options);
        IsInsecure = InsecureRegistry.IsNamed(address, options);
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !address.IsLoopback,
            Proxy = options.Proxy,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.Silence,
            SslOptions = HostCertificates.Options(address.Name, () => IsInsecure, options),
        };
        Client = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("orchestrator");
    }

    public HttpClient Client { get; }

    /// <summary>Known for good when the address is: a name may have to be looked up.</summary>
    public bool IsInsecure { get; private set; }

    /// <summary>The registry's address with its scheme.</summary>
    public async Task<Uri> BaseAsync(CancellationToken cancellationToken)
    {
        if (_base is not null)
        {
            return _base;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            IsInsecure = IsInsecure || await InsecureRegistry.IsInNetworkAsync(_address, _options, cancellationToken);
            _base ??= IsInsecure && !await SpeaksTlsAsync(cancellationToken) ? At("http") : At("https");
            return _base;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
        _gate.Dispose();
    }

    private Uri At(string scheme) => new($"{scheme}://{_address.Authority}/");

    /// <exception cref="HttpRequestException">Nobody is there at all.</exception>
    private async Task<bool> SpeaksTlsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(At("https"), "v2/"));
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.SecureConnectionError || exception.InnerException is AuthenticationException or IOException)
        {
            return false;
        }
        catch (HttpRequestException exception) when (!_address.HasPort && exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            // Without TLS it is another port.
            return false;
        }
    }
}
