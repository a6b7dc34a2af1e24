using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Registry.Http;

/// <summary>
/// Whom to trust and who to be for one registry: the system's authorities, those of Docker's folder and of the setting; client certificates of
/// Docker's folder (https://docs.docker.com/engine/security/certificates/).
/// </summary>
internal static class HostCertificates
{
    /// <exception cref="RegistryUnreachableException">A certificate file cannot be used.</exception>
    /// <param name="isInsecure">Asked for each connection.</param>
    public static SslClientAuthenticationOptions Options(string host, Func<bool> isInsecure, RegistryOptions options)
    {
        var tls = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        var name = OperatingSystem.IsWindows() ? host.Replace(":", "", StringComparison.Ordinal) : host;
        var folders = options.CertificateDirectories.Select(directory => Path.Join(directory, name)).Where(Directory.Exists).ToList();
        var authorities = new X509Certificate2Collection();
        foreach (var file in Files(folders, "*.crt").Concat(options.AuthorityFile is { } setting ? [setting] : []))
        {
            authorities.AddRange(Use(file, host, () => ReadAll(file) is { Count: > 0 } read ? read : throw new CryptographicException("it holds no certificate")));
        }

        var clients = Files(folders, "*.cert").ToList();
        if (clients is [var only])
        {
            tls.ClientCertificateContext = Use(only, host, () => SslStreamCertificateContext.Create(ReadPair(only), ReadAll(only), offline: true));
        }
        else if (clients.Count > 0)
        {
            // The one that the registry's authorities issued is chosen of them; .NET sends such a one without those in between.
            tls.ClientCertificates = [.. clients.Select(file => Use(file, host, () => ReadPair(file)))];
        }

        // Insecure ones by Docker's own rule for the machine itself, and the user's word for others.
        tls.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => isInsecure() || IsTrusted(certificate, chain, errors, authorities);
        return tls;
    }

    /// <summary>The system's verdict, or else the same with the given authorities as roots; a wrong name is never trusted.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (authorities.Count == 0 || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // server authentication
        return chain.Build(leaf);
    }

    /// <summary>Of a client's file also the authorities between it and the one that a registry trusts.</summary>
    private static X509Certificate2Collection ReadAll(string file)
    {
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(file);
        return read;
    }

    private static X509Certificate2 ReadPair(string file)
    {
        var pair = X509Certificate2.CreateFromPemFile(file, Path.ChangeExtension(file, ".key"));
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        // Windows cannot use a key that exists in memory only: https://github.com/dotnet/runtime/issues/23749
        using (pair)
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private static IEnumerable<string> Files(IEnumerable<string> folders, string pattern) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal));

    private static T Use<T>(string file, string host, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new RegistryUnreachableException($"The certificate {file} for the registry {host} cannot be used: {exception.Message}", isTransient: false, exception);
        }
    }
}
