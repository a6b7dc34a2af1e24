using System.Net;

namespace Orchestrator.Registry;

/// <summary>How registries are spoken to. The defaults are Docker's where Docker has one.</summary>
public sealed record RegistryOptions
{
    /// <summary>Where logins come from. Default: there are none.</summary>
    public FindLogin FindLogin { get; init; } = (_, _) => Task.FromResult<RegistryLogin?>(null);

    /// <summary>
    /// Registries (<c>host[:port]</c>), or networks of them (<c>10.0.0.0/8</c>), whose certificate is not checked and which may speak plain HTTP. The machine itself (<c>localhost</c>,
    /// <c>127.0.0.0/8</c>, <c>::1</c>) always is one, unless <see cref="AuthorityFile"/> is given.
    /// </summary>
    public IReadOnlyCollection<string> InsecureHosts { get; init; } = [];

    /// <summary>
    /// Docker's folders of certificates, all of which count: <c>HOST[:PORT]/*.crt</c> are authorities, <c>*.cert</c> with <c>*.key</c> are client certificates. On
    /// Windows the folder of a host has no colon: <c>HOSTPORT</c>. Default: the one of an engine on Linux.
    /// </summary>
    public IReadOnlyList<string> CertificateDirectories { get; init; } = ["/etc/docker/certs.d"];

    /// <summary>A PEM file with further authorities, for every registry.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Through what registries are reached; this machine itself is reached directly. Default: what the process's environment or the system says, by .NET's rules.</summary>
    public IWebProxy Proxy { get; init; } = HttpClient.DefaultProxy;

    /// <summary>How often something that may pass by itself is tried again: connection lost, 408, 429, 5xx. 0 never.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The wait before the first retry; it doubles. A registry's own <c>Retry-After</c> goes before.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A registry that asks for a longer wait than this is given up.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A request in which no byte moves for this long is lost.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For questions that are not worth waiting for: the longest time of one call with all its retries; and after the first failure
    /// of a host nothing more is asked of it. Null waits and tries as long as the other settings say.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Requests to one registry at a time; and of blobs that are being read, as many again.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Uploads are cut into requests of this many bytes, for proxies that limit them. Null sends each blob whole.</summary>
    public long? UploadChunkBytes { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
