using System.Text;
using Orchestrator.Docker.Tests.Peers;
using Orchestrator.Docker.Transports;

namespace Orchestrator.Docker.Tests.Transports;

/// <summary>A shell script plays ssh and the engine behind it.</summary>
[Platform(Exclude = "Win")]
public sealed class SshTransportTests
{
    private const string ReadHead = "while IFS= read -r line && [ \"$line\" != \"$(printf '\\r')\" ]; do :; done\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("ssh://far", "-o ConnectTimeout=30 -T -- far docker system dial-stdio")]
    [TestCase("ssh://me@far:2222", "-o ConnectTimeout=30 -T -l me -p 2222 -- far docker system dial-stdio")]
    [TestCase("ssh://Build@Build-Host:2222/run/d.sock", "-o ConnectTimeout=30 -T -l Build -p 2222 -- Build-Host docker --host=unix:///run/d.sock system dial-stdio")]
    [TestCase("ssh://[::1]/run/d.sock", "-o ConnectTimeout=30 -T -- ::1 docker --host=unix:///run/d.sock system dial-stdio")]
    [TestCase("ssh://far/run/it's%20mine", "-o ConnectTimeout=30 -T -- far docker '--host=unix:///run/it'\\''s mine' system dial-stdio")]
    public void The_command_line_is_dockers_own(string address, string expected) =>
        Assert.That(string.Join(' ', SshTransport.Arguments(new Uri(address))), Is.EqualTo(expected));

    [Test]
    public async Task One_process_answers_request_after_request()
    {
        await using var engine = Engine($$"""
            echo started >> {{_folder.Path}}/starts
            while :; do
            {{ReadHead}}
            printf 'HTTP/1.1 200 OK\r\nOstype: linux\r\nContent-Length: 0\r\n\r\n'
            done
            """);

        Assert.That((await engine.PingAsync(Patience.Token)).OsType, Is.EqualTo("linux"));
        Assert.That((await engine.PingAsync(Patience.Token)).OsType, Is.EqualTo("linux"));
        Assert.That(await File.ReadAllLinesAsync($"{_folder.Path}/starts"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task An_upgraded_process_carries_both_directions()
    {
        await using var engine = Engine(ReadHead + "printf 'HTTP/1.1 101 Switching Protocols\\r\\n\\r\\nfirst '\nexec cat\n");
        await using var stream = await engine.UpgradeAsync("/grpc", "h2c", [], Patience.Token);

        await stream.WriteAsync("echoed"u8.ToArray(), Patience.Token);

        var bytes = new byte["first echoed".Length];
        await stream.ReadExactlyAsync(bytes, Patience.Token);
        Assert.That(Encoding.ASCII.GetString(bytes), Is.EqualTo("first echoed"));
    }

    [Test]
    public async Task What_ssh_says_when_it_fails_is_passed_on()
    {
        await using var engine = Engine("for i in 1 2 3 4 5 6 7; do echo \"line $i\" >&2; done; echo 'Permission denied (publickey).' >&2; exit 255");

        Assert.That(
            () => engine.PingAsync(Patience.Token),
            Throws.TypeOf<DockerUnreachableException>()
                .With.Message.Contains("exit code 255: line 4 line 5 line 6 line 7 Permission denied (publickey).")
                .And.Message.Contains("ssh://far (a test)"));
    }

    [Test]
    public async Task A_program_that_is_missing_is_named()
    {
        await using var engine = new DockerEngine(Endpoint, new SshTransport(Endpoint.Address, $"{_folder.Path}/ssh"));

        Assert.That(
            () => engine.PingAsync(Patience.Token),
            Throws.TypeOf<DockerUnreachableException>().With.Message.Contains($"{_folder.Path}/ssh cannot be started"));
    }

    [Test]
    public async Task Cancelling_ends_the_process()
    {
        await using var engine = Engine($"trap 'exit' HUP; echo $$ > {_folder.Path}/id.new; mv {_folder.Path}/id.new {_folder.Path}/id; exec sleep 300");
        using var cancellation = new CancellationTokenSource();
        var pinging = engine.PingAsync(cancellation.Token);
        Assert.That(() => File.Exists($"{_folder.Path}/id"), Is.True.After(10).Seconds.PollEvery(10).MilliSeconds);

        await cancellation.CancelAsync();

        Assert.That(() => pinging, Throws.InstanceOf<OperationCanceledException>());
        var id = (await File.ReadAllTextAsync($"{_folder.Path}/id")).Trim();
        Assert.That(() => Directory.Exists($"/proc/{id}"), Is.False.After(5).Seconds.PollEvery(20).MilliSeconds);
    }

    private static DockerEndpoint Endpoint => new(new Uri("ssh://far"), "a test", null);

    private DockerEngine Engine(string script) =>
        new(Endpoint, new SshTransport(Endpoint.Address, _folder.WriteScript("ssh", script + "\n")));
}
