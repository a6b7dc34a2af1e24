using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Testing;

/// <summary>A certificate authority of the test's own, with certificates made on the spot.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddHours(-1);
    private static readonly DateTimeOffset To = From.AddDays(2);

    private readonly X509Certificate2 _authority;

    public TestAuthority()
        : this(null)
    {
    }

    private TestAuthority(TestAuthority? parent)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(parent is null ? "CN=test authority" : "CN=intermediate authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (parent is null)
        {
            _authority = request.CreateSelfSigned(From, To);
            return;
        }

        using var certificate = request.Create(parent._authority, From, To, RandomNumberGenerator.GetBytes(8));
        _authority = certificate.CopyWithPrivateKey(key);
    }

    public string Pem => _authority.ExportCertificatePem();

    /// <summary>An authority that this one vouches for.</summary>
    public TestAuthority Intermediate() => new(this);

    /// <summary>For a server at this name or address.</summary>
    public X509Certificate2 Server(string host)
    {
        var (certificate, key) = Issue(host, isServer: true);
        using (certificate)
        using (key)
        using (var pair = certificate.CopyWithPrivateKey(key))
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
    }

    /// <summary>The same as PEM.</summary>
    public (string Certificate, string Key) ServerPem(string host) => Pems(Issue(host, isServer: true));

    public (string Certificate, string Key) ClientPem(string name) => Pems(Issue(name, isServer: false));

    public void Dispose() => _authority.Dispose();

    private static (string Certificate, string Key) Pems((X509Certificate2 Certificate, ECDsa Key) issued)
    {
        using (issued.Certificate)
        using (issued.Key)
        {
            return (issued.Certificate.ExportCertificatePem(), issued.Key.ExportPkcs8PrivateKeyPem());
        }
    }

    private (X509Certificate2 Certificate, ECDsa Key) Issue(string name, bool isServer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (isServer)
        {
            request.CertificateExtensions.Add(Names(name));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        }

        return (request.Create(_authority, From, To, RandomNumberGenerator.GetBytes(8)), key);
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        return names.Build();
    }
}
