using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Docker.Tests.Peers;

/// <summary>A certificate authority of the test's own, with certificates made on the spot.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddHours(-1);
    private static readonly DateTimeOffset To = From.AddDays(2);

    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, To);
    }

    public string Pem => _authority.ExportCertificatePem();

    /// <summary>For an engine at this name or address.</summary>
    public X509Certificate2 Server(string host)
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

        var (certificate, key) = Issue(host, names);
        using (certificate)
        using (key)
        using (var pair = certificate.CopyWithPrivateKey(key))
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
    }

    public (string Certificate, string Key) Client(string name)
    {
        var (certificate, key) = Issue(name, null);
        using (certificate)
        using (key)
        {
            return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        }
    }

    public void Dispose() => _authority.Dispose();

    private (X509Certificate2 Certificate, ECDsa Key) Issue(string name, SubjectAlternativeNameBuilder? names)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        return (request.Create(_authority, From, To, RandomNumberGenerator.GetBytes(8)), key);
    }
}
