using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Docker.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Docker.Tests.Transports;

/// <summary>TCP and TLS against a listener of the test on the loopback address.</summary>
public sealed class TlsTransportTests
{
    private const string Ping = "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Length: 0\r\n\r\n";
    private const string Loopback = "127.0.0.1";

    private TemporaryFolder _folder = null!;
    private TestAuthority _authority = null!;
    private TcpListener _listener = null!;

    /// <summary>What the other side sent besides its own certificate.</summary>
    private IReadOnlyList<string> _shown = [];

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [SetUp]
    public void Listen()
    {
        _folder = new TemporaryFolder();
        _authority = new TestAuthority();
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
    }

    [TearDown]
    public void Close()
    {
        _listener.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task Tcp_without_tls_works_and_names_the_host(string host)
    {
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri($"tcp://{host}:{Port}"), "a test", null));
        var pinging = engine.PingAsync(Patience.Token);
        using var connection = new PeerConnection((await _listener.AcceptTcpClientAsync(Patience.Token)).GetStream());

        Assert.That(await connection.ExpectHeadAsync(), Does.Contain($"Host: {host}:{Port}\r\n"));
        await connection.SendAsync(Ping);
        Assert.That((await pinging).ApiVersion, Is.EqualTo("1.51"));
    }

    [Test]
    public async Task Further_headers_go_with_every_request_that_does_not_say_them_itself()
    {
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri($"tcp://{Loopback}:{Port}"), "a test", null) { Headers = [new("X-Pass", "let me"), new("x-registry-auth", "mine")] });
        var resolving = engine.ResolveImageAsync("a:1", null, Patience.Token);
        using var connection = new PeerConnection((await _listener.AcceptTcpClientAsync(Patience.Token)).GetStream());

        Assert.That(await connection.ExpectHeadAsync(), Does.Contain("\r\nX-Pass: let me\r\n").And.Contain("\r\nX-Registry-Auth: e30=\r\n").And.Not.Contain("mine"));
        await connection.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        Assert.That(() => resolving, Throws.TypeOf<DockerApiException>());
    }

    [Test]
    public void A_port_that_nobody_listens_on_is_said_so()
    {
        var port = Port;
        _listener.Stop();

        ExpectUnreachable($"tcp://127.0.0.1:{port}", null, $"nothing listens on port {port} of 127.0.0.1");
    }

    [Test]
    public void A_name_that_does_not_exist_is_said_so() =>
        ExpectUnreachable("tcp://no-such-host.invalid:2375", null, "the name no-such-host.invalid cannot be resolved");

    [Test]
    public async Task Both_sides_show_certificates_and_only_http_1_is_offered()
    {
        var (certificate, key) = _authority.ClientPem("the client");
        var tls = new DockerTls(CaFile(), _folder.Write("cert.pem", certificate), _folder.Write("key.pem", key), Verify: true);
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri($"tcp://{Loopback}:{Port}"), "a test", tls));
        var pinging = engine.PingAsync(Patience.Token);

        var stream = await AcceptAsync(_authority.Server(Loopback), wantsClient: true);
        using var connection = new PeerConnection(stream);
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Ping);

        Assert.That((await pinging).ApiVersion, Is.EqualTo("1.51"));
        Assert.That(stream.NegotiatedApplicationProtocol, Is.EqualTo(SslApplicationProtocol.Http11));
        Assert.That(stream.RemoteCertificate?.Subject, Is.EqualTo("CN=the client"));
    }

    [Test]
    public async Task A_certificate_of_an_intermediate_authority_is_shown_with_that_authority()
    {
        using var intermediate = _authority.Intermediate();
        var (certificate, key) = intermediate.ClientPem("the client");
        var tls = new DockerTls(CaFile(), _folder.Write("cert.pem", certificate + "\n" + intermediate.Pem), _folder.Write("key.pem", key), Verify: true);
        await using var engine = new DockerEngine(Endpoint(tls));
        var pinging = engine.PingAsync(Patience.Token);

        using var connection = new PeerConnection(await AcceptAsync(_authority.Server(Loopback), wantsClient: true));
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Ping);
        await pinging;

        Assert.That(_shown, Does.Contain("CN=intermediate authority"));
    }

    [Test]
    public async Task An_upgrade_works_inside_tls()
    {
        await using var engine = new DockerEngine(Endpoint(new DockerTls(CaFile(), null, null, Verify: true)));
        var upgrading = engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);
        using var connection = new PeerConnection(await AcceptAsync(_authority.Server(Loopback)));
        await connection.ExpectHeadAsync();
        await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\n\r\nab");
        await using var stream = await upgrading;
        await stream.WriteAsync("xyz"u8.ToArray(), Patience.Token);

        var bytes = new byte[2];
        await stream.ReadExactlyAsync(bytes, Patience.Token);
        Assert.That(bytes, Is.EqualTo("ab"u8.ToArray()));
        Assert.That(await connection.ExpectAsync(3), Is.EqualTo("xyz"));
    }

    [Test]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = new TestAuthority();
        await ExpectRefusalAsync(other.Server(Loopback), new DockerTls(CaFile(), null, null, Verify: true));
    }

    [Test]
    public Task A_certificate_for_another_name_is_refused() =>
        ExpectRefusalAsync(_authority.Server("elsewhere.example"), new DockerTls(CaFile(), null, null, Verify: true));

    [Test]
    public Task The_systems_authorities_do_not_know_ours() =>
        ExpectRefusalAsync(_authority.Server(Loopback), new DockerTls(null, null, null, Verify: true));

    [Test]
    public async Task Without_verification_any_certificate_will_do()
    {
        await using var engine = new DockerEngine(Endpoint(new DockerTls(null, null, null, Verify: false)));
        var pinging = engine.PingAsync(Patience.Token);
        using var connection = new PeerConnection(await AcceptAsync(_authority.Server("elsewhere.example")));
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Ping);

        Assert.That((await pinging).ApiVersion, Is.EqualTo("1.51"));
    }

    [Test]
    public async Task An_engine_that_speaks_no_tls_is_said_so()
    {
        await using var engine = new DockerEngine(Endpoint(new DockerTls(CaFile(), null, null, Verify: true)));
        var pinging = engine.PingAsync(Patience.Token);
        using (var client = await _listener.AcceptTcpClientAsync(Patience.Token))
        {
            await new PeerConnection(client.GetStream()).SendAsync("HTTP/1.0 400 Bad Request\r\n\r\n");
        }

        Assert.That(() => pinging, Throws.TypeOf<DockerUnreachableException>().With.Message.Contains("TLS failed"));
    }

    [TestCase("")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_broken_certificate_file_is_named(string content)
    {
        var file = _folder.Write("ca.pem", content);
        var engine = new DockerEngine(Endpoint(new DockerTls(file, null, null, Verify: true)));

        Assert.That(() => engine.PingAsync(Patience.Token), Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(file));
    }

    private string CaFile() => _folder.Write("ca.pem", _authority.Pem);

    private DockerEndpoint Endpoint(DockerTls tls) => new(new Uri($"tcp://{Loopback}:{Port}"), "a test", tls);

    private async Task<SslStream> AcceptAsync(X509Certificate2 certificate, bool wantsClient = false)
    {
        var stream = new SslStream((await _listener.AcceptTcpClientAsync(Patience.Token)).GetStream());
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = wantsClient,
            RemoteCertificateValidationCallback = (_, client, chain, _) =>
            {
                _shown = [.. chain?.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject) ?? []];
                return client is not null || !wantsClient;
            },
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        await stream.AuthenticateAsServerAsync(options, Patience.Token);
        return stream;
    }

    private async Task ExpectRefusalAsync(X509Certificate2 certificate, DockerTls tls)
    {
        await using var engine = new DockerEngine(Endpoint(tls));
        var pinging = engine.PingAsync(Patience.Token);
        var accepting = AcceptAsync(certificate);

        Assert.That(() => pinging, Throws.TypeOf<DockerUnreachableException>().With.Message.Contains("TLS failed"));
        try
        {
            await using var stream = await accepting;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // With TLS 1.2 the engine's side notices as well.
        }
    }

    private static void ExpectUnreachable(string address, DockerTls? tls, string expected)
    {
        var engine = new DockerEngine(new DockerEndpoint(new Uri(address), "a test", tls));

        Assert.That(() => engine.PingAsync(Patience.Token), Throws.TypeOf<DockerUnreachableException>().With.Message.Contains(expected));
    }
}
