using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A real engine that is reached through the network: the builder's channels and the context go the same way.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class RemoteEngineTests(string engine)
{
    private const string Loopback = "127.0.0.1";

    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine)).WriteGraph("base", "service")
        .Write("base/Dockerfile", "FROM local/busybox\nCOPY content /content\n").Write("base/content", new string('x', 300_000))
        .Write("service/Dockerfile", "FROM @-base\nRUN wc -c < /content > /count\n");

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task Images_are_built_over_tcp()
    {
        await using var relay = new EngineRelay(TestEngines.Host(engine));
        _repository.Variables["DOCKER_HOST"] = relay.Host;

        await BuildsAsync();
    }

    [Test]
    public async Task Images_are_built_over_tls_with_the_certificates_of_a_folder()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Server(Loopback);
        await using var relay = new EngineRelay(TestEngines.Host(engine), certificate);
        var (client, key) = authority.ClientPem("a builder");
        _repository.Write("certs/ca.pem", authority.Pem).Write("certs/cert.pem", client).Write("certs/key.pem", key);
        _repository.Variables["DOCKER_HOST"] = relay.Host;
        _repository.Variables["DOCKER_TLS_VERIFY"] = "1";
        _repository.Variables["DOCKER_CERT_PATH"] = Path.Join(_repository.Root, "certs");

        await BuildsAsync();
        Assert.That(relay.Callers, Is.EqualTo(new[] { "CN=a builder" }));
    }

    [Test]
    public async Task A_server_that_another_authority_vouches_for_is_not_spoken_to()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificate = other.Server(Loopback);
        await using var relay = new EngineRelay(TestEngines.Host(engine), certificate);
        _repository.Write("certs/ca.pem", authority.Pem);
        _repository.Variables["DOCKER_HOST"] = relay.Host;
        _repository.Variables["DOCKER_TLS_VERIFY"] = "1";
        _repository.Variables["DOCKER_CERT_PATH"] = Path.Join(_repository.Root, "certs");

        var outcome = await _repository.RunAsync("build", "--engine-missing", "error");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("ORC0102").And.Contain("TLS failed"), outcome.ToString());
    }

    /// <summary>A script stands for ssh, the other machine and its <c>docker system dial-stdio</c>; each time that it runs would be a login.</summary>
    [Test]
    public async Task Images_are_built_over_ssh_with_few_logins()
    {
        const int Images = 12;
        const int MostLogins = 6;
        var names = Enumerable.Range(0, Images).Select(number => $"app{number}").ToArray();
        _repository.WriteGraph(names);
        foreach (var name in names)
        {
            _repository.Write($"{name}/Dockerfile", $"FROM local/busybox\nCOPY content /\nRUN sleep 3; : @ {name}\n").Write($"{name}/content", new string('x', 300_000) + name);
        }

        var logins = Path.Join(_repository.Root, "logins");
        _repository.Write("bin/ssh", $$"""
            #!/usr/bin/perl
            use Socket;
            open(L, '>>{{logins}}'); syswrite(L, "x\n");
            socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un('{{new Uri(TestEngines.Host(engine)).LocalPath}}')) or die $!;
            sub carry { my $from = shift; my $to = shift; while (sysread($from, my $bytes, 65536)) { while (length $bytes) { my $sent = syswrite($to, $bytes) or exit; substr($bytes, 0, $sent, ''); } } }
            if (!fork) { carry(*STDIN, *S); shutdown(S, 1); exit; }
            carry(*S, *STDOUT);
            """);
        _repository.SetMode("bin/ssh", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _repository.Variables["PATH"] = $"{Path.Join(_repository.Root, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        _repository.Variables["DOCKER_HOST"] = "ssh://far";

        var outcome = await _repository.RunAsync("build", "--parallel", $"{Images}");

        Assert.That(outcome.Built, Is.EquivalentTo(names), outcome.ToString());
        Assert.That(await File.ReadAllLinesAsync(logins), Has.Length.LessThanOrEqualTo(MostLogins));
    }

    private async Task BuildsAsync()
    {
        var first = await _repository.RunAsync("build");
        var second = await _repository.RunAsync("build");

        Assert.That(first.Built, Is.EqualTo(new[] { "base", "service" }), first.ToString());
        Assert.That(await _repository.CatAsync("service", "/count"), Is.EqualTo("300000"));
        Assert.That(second.Text, Does.Contain("2 images: 2 up-to-date"), second.ToString());
    }
}
