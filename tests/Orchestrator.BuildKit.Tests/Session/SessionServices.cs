using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;
using Orchestrator.BuildKit.Session;

namespace Orchestrator.BuildKit.Tests.Session;

/// <summary>A session as the daemon sees it: our own gRPC client plays the daemon.</summary>
internal sealed class SessionServices
{
    private StreamPair _streams = null!;
    private SessionServer _server = null!;
    private GrpcChannel _daemon = null!;

    [SetUp]
    public void Connect()
    {
        _streams = new StreamPair();
        _server = new SessionServer();
        _daemon = new GrpcChannel(_ => Task.FromResult(_streams.Right));
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        _daemon.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Health_is_answered(CancellationToken cancellationToken)
    {
        await OpenAsync(new SessionOptions { SharedKey = "k" }, cancellationToken);
        var answer = await _daemon.UnaryAsync("/grpc.health.v1.Health/Check", new HealthCheckRequest(), HealthCheckResponse.Parser, cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
    }

    [Test, CancelAfter(30_000)]
    public async Task Credentials_are_given_by_host_and_anonymous_is_empty(CancellationToken cancellationToken)
    {
        var options = new SessionOptions
        {
            SharedKey = "k",
            Credentials = (host, _) => Task.FromResult<(string, string)?>(host == "r.example" ? ("me", "pw") : null),
        };
        await OpenAsync(options, cancellationToken);
        var known = await CredentialsAsync("r.example", cancellationToken);
        Assert.That((known.Username, known.Secret), Is.EqualTo(("me", "pw")));
        var unknown = await CredentialsAsync("other", cancellationToken);
        Assert.That((unknown.Username, unknown.Secret), Is.EqualTo(("", "")));
    }

    [Test, CancelAfter(30_000)]
    public async Task Tokens_are_left_to_the_daemon(CancellationToken cancellationToken)
    {
        await OpenAsync(new SessionOptions { SharedKey = "k" }, cancellationToken);
        foreach (var method in (string[])["FetchToken", "GetTokenAuthority", "VerifyTokenAuthority"])
        {
            Assert.That(
                async () => await _daemon.UnaryAsync($"/moby.filesync.v1.Auth/{method}", new CredentialsRequest(), CredentialsResponse.Parser, cancellationToken),
                ThrowsStatus(GrpcStatusCode.Unimplemented));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Secrets_are_found_or_not(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(
            new SessionOptions { SharedKey = "k", Secrets = (id, _) => Task.FromResult<byte[]?>(id == "a" ? [1, 2] : null) }, cancellationToken);
        Assert.That((await SecretAsync("a", cancellationToken)).Data.ToByteArray(), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(async () => await SecretAsync("b", cancellationToken), ThrowsStatus(GrpcStatusCode.NotFound));
        Assert.That(session.Failure, Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_callback_that_throws_ends_its_call_only_and_the_first_is_kept(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(
            new SessionOptions { SharedKey = "k", Secrets = (id, _) => throw new InvalidOperationException($"no {id}, 100 % sure: ü") }, cancellationToken);
        Assert.That(
            async () => await SecretAsync("a", cancellationToken),
            Throws.InstanceOf<GrpcStatusException>().With.Message.EqualTo("no a, 100 % sure: ü"));
        Assert.That(async () => await SecretAsync("b", cancellationToken), ThrowsStatus(GrpcStatusCode.Internal));
        Assert.That(session.Failure, Has.Message.StartsWith("no a"));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_unknown_directory_is_refused(CancellationToken cancellationToken)
    {
        await OpenAsync(new SessionOptions { SharedKey = "k" }, cancellationToken);
        Assert.That(async () => await ListAsync([new("dir-name", "etc")], cancellationToken), ThrowsStatus(GrpcStatusCode.NotFound));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_directory_is_filtered_by_metadata_escaped_or_not(CancellationToken cancellationToken)
    {
        var tree = new MemoryTree(new Dictionary<string, byte[]> { ["a,b"] = [], ["a+b c"] = [], ["ü"] = [], ["x"] = [] });
        await OpenAsync(
            new SessionOptions { SharedKey = "k", Directories = new Dictionary<string, ISyncTree> { ["context"] = tree } }, cancellationToken);
        Assert.That(
            await ListAsync([new("dir-name", "context"), new("exclude-patterns", "a,b")], cancellationToken), Is.EqualTo(new[] { "a+b c", "x", "ü" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_pattern_that_is_not_valid_is_the_sessions_failure(CancellationToken cancellationToken)
    {
        var tree = new MemoryTree(new Dictionary<string, byte[]>());
        var session = await OpenAsync(
            new SessionOptions { SharedKey = "k", Directories = new Dictionary<string, ISyncTree> { ["context"] = tree } }, cancellationToken);
        Assert.That(
            async () => await ListAsync([new("dir-name", "context"), new("exclude-patterns", "[")], cancellationToken), ThrowsStatus(GrpcStatusCode.Unknown));
        Assert.That(session.Failure, Is.InstanceOf<FormatException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_file_that_fails_while_another_is_on_its_way_is_told_and_is_the_sessions_failure(CancellationToken cancellationToken)
    {
        var tree = new LargeAndBrokenTree();
        var session = await OpenAsync(
            new SessionOptions { SharedKey = "k", Directories = new Dictionary<string, ISyncTree> { ["context"] = tree } }, cancellationToken);
        var content = new DuplexContent();
        using var call = await _daemon.StartDuplexAsync("/moby.filesync.v1.FileSync/DiffCopy", content, [new("dir-name", "context")], cancellationToken);
        var request = await content.Opened;
        await request.WriteAsync(GrpcFrame.ToArray(new Packet { Type = Packet.Types.PacketType.Req, ID = LargeAndBrokenTree.Large }), cancellationToken);
        await request.WriteAsync(GrpcFrame.ToArray(new Packet { Type = Packet.Types.PacketType.Req, ID = LargeAndBrokenTree.Broken }), cancellationToken);
        await request.FlushAsync(cancellationToken);
        await tree.Failed.WaitAsync(cancellationToken);

        Packet? packet;
        do
        {
            packet = await call.ReadAsync(Packet.Parser, cancellationToken);
        }
        while (packet is { Type: not Packet.Types.PacketType.Err });

        Assert.That(packet?.Data.ToStringUtf8(), Is.EqualTo("broken cannot be read"));
        Assert.That(async () => await call.ReadAsync(Packet.Parser, cancellationToken), ThrowsStatus(GrpcStatusCode.Unknown));
        Assert.That(session.Failure, Is.InstanceOf<SyncTreeException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task Disposing_a_session_closes_its_connection(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(new SessionOptions { SharedKey = "k" }, cancellationToken);
        await session.DisposeAsync();
        Assert.That(session.Completed.IsCompleted, Is.True);
        Assert.That(async () => await CredentialsAsync("x", cancellationToken), Throws.InstanceOf<BuildKitConnectionException>());
    }

    [Test, CancelAfter(30_000)]
    public async Task A_daemon_that_goes_away_completes_the_session(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(new SessionOptions { SharedKey = "k" }, cancellationToken);
        await CredentialsAsync("x", cancellationToken);
        await _streams.Right.DisposeAsync();
        await session.Completed.WaitAsync(cancellationToken);
        Assert.That(session.Failure, Is.Null);
    }

    [Test]
    public void Values_are_decoded_only_when_the_daemon_says_so()
    {
        Assert.That(DirectoryRequest.Decode(["a+b%20c", "%C3%BC"], ["1"]), Is.EqualTo(new[] { "a b c", "ü" }));
        Assert.That(DirectoryRequest.Decode(["a+b%20c"], []), Is.EqualTo(new[] { "a+b%20c" }));
    }

    [Test]
    public void Each_method_is_a_header_of_its_own_but_only_one_in_the_tunnel()
    {
        var upgrade = SessionHeaders.Create("id", "key", SessionChannel.Upgrade).Where(header => header.Key.EndsWith("Grpc-Method", StringComparison.Ordinal));
        Assert.That(upgrade.Select(header => header.Value).ToList(), Has.Count.GreaterThan(3).And.All.Not.Contain(","));
        var tunnel = SessionHeaders.Create("id", "key", SessionChannel.Tunnel).Where(header => header.Key.EndsWith("Grpc-Method", StringComparison.Ordinal));
        Assert.That(tunnel.Select(header => header.Value), Is.EqualTo(new[] { "/moby.filesync.v1.FileSync/DiffCopy" }));
    }

    [TestCase("a\r\nX: y")]
    [TestCase("ü")]
    public void A_shared_key_cannot_smuggle_headers(string key) =>
        Assert.That(() => SessionHeaders.Create("id", key, SessionChannel.Upgrade), Throws.ArgumentException);

    private static NUnit.Framework.Constraints.EqualConstraint<GrpcStatusCode> ThrowsStatus(GrpcStatusCode code) =>
        Throws.InstanceOf<GrpcStatusException>().With.Property("Status").Property("Code").EqualTo(code);

    private Task<BuildSession> OpenAsync(SessionOptions options, CancellationToken cancellationToken) =>
        _server.AddAsync("id", _streams.Left, options, cancellationToken);

    private Task<CredentialsResponse> CredentialsAsync(string host, CancellationToken cancellationToken) => _daemon.UnaryAsync(
        "/moby.filesync.v1.Auth/Credentials", new CredentialsRequest { Host = host }, CredentialsResponse.Parser, cancellationToken);

    private Task<GetSecretResponse> SecretAsync(string id, CancellationToken cancellationToken) => _daemon.UnaryAsync(
        "/moby.buildkit.secrets.v1.Secrets/GetSecret", new GetSecretRequest { ID = id }, GetSecretResponse.Parser, cancellationToken);

    private async Task<List<string>> ListAsync(IReadOnlyList<KeyValuePair<string, string>> metadata, CancellationToken cancellationToken)
    {
        var content = new DuplexContent();
        using var call = await _daemon.StartDuplexAsync("/moby.filesync.v1.FileSync/DiffCopy", content, metadata, cancellationToken);
        var found = new List<string>();
        while (await call.ReadAsync(Packet.Parser, cancellationToken) is { Stat: { } stat })
        {
            found.Add(stat.Path);
        }

        return found;
    }
}
