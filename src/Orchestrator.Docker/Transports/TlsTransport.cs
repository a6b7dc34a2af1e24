using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Docker.Transports;

/// <summary>tcp with TLS. Only HTTP/1.1 is offered: an upgrade cannot be made over <c>h2</c>.</summary>
internal sealed class TlsTransport(DockerEndpoint endpoint, DockerTls tls) : ITransport
{
    private const int DefaultPort = 2376;

    public string HostHeader => endpoint.Address.Authority;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = await TcpTransport.ConnectAsync(endpoint, DefaultPort, cancellationToken).ConfigureAwait(false);
        var stream = new SslStream(socket);
        try
        {
            await stream.AuthenticateAsClientAsync(Options(), cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or CryptographicException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new DockerUnreachableException($"{endpoint}: TLS failed: {exception.Message}", exception);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private SslClientAuthenticationOptions Options()
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Address.DnsSafeHost,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        if (!tls.Verify)
        {
#pragma warning disable CA5359 // the context says SkipTLSVerify
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (tls.CaFile is { } ca)
        {
            var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            chain.CustomTrustStore.ImportFromPemFile(ca);
            options.CertificateChainPolicy = chain;
        }

        if (tls.CertificateFile is { } certificate)
        {
            using var pem = X509Certificate2.CreateFromPemFile(certificate, tls.KeyFile);
            // A key that lives only in memory is not accepted by every platform's TLS; PKCS#12 makes it one that is.
            options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)];
        }

        return options;
    }
}
