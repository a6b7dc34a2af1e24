using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Docker.Transports;

/// <summary>
/// TLS over TCP. Only <c>http/1.1</c> is offered: newer engines would otherwise choose <c>h2</c>, over which no connection can be upgraded.
/// </summary>
internal sealed class TlsTransport(TcpTransport tcp, DockerTls tls) : ITransport
{
    private readonly Lazy<SslClientAuthenticationOptions> _options = new(() => CreateOptions(tcp.HostName, tls));

    public string Host => tcp.Host;

    public int ConnectionLimit => tcp.ConnectionLimit;

    /// <exception cref="DockerConfigurationException">A certificate file cannot be used.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var options = _options.Value;
        var stream = new SslStream(await tcp.ConnectAsync(cancellationToken), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken);
            return stream;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            await stream.DisposeAsync();
            throw new TransportException($"TLS failed: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static SslClientAuthenticationOptions CreateOptions(string hostName, DockerTls tls)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = hostName,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (tls.CertificateFile is not null && tls.KeyFile is not null)
        {
            // With the authorities between it and the one that the engine trusts, which stand in the same file.
            options.ClientCertificateContext = SslStreamCertificateContext.Create(ReadPair(tls.CertificateFile, tls.KeyFile), ReadAuthorities(tls.CertificateFile), offline: true);
        }

        if (!tls.Verify)
        {
#pragma warning disable CA5359 // The user asked for it: DOCKER_TLS without DOCKER_TLS_VERIFY, or SkipTLSVerify in a context.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (tls.CaFile is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(ReadAuthorities(tls.CaFile));
        }

        return options;
    }

    private static X509Certificate2Collection ReadAuthorities(string file) => Read(file, () =>
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate");
    });

    private static X509Certificate2 ReadPair(string certificateFile, string keyFile) => Read(certificateFile, () =>
    {
        var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // Windows cannot use a key that exists in memory only: https://github.com/dotnet/runtime/issues/23749
        using (pair)
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        }
    });

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new DockerConfigurationException($"The certificate {file} for the Docker engine cannot be used: {exception.Message}", exception);
        }
    }
}
