using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;
using Orchestrator.BuildKit.Session;

namespace Orchestrator.BuildKit.Tests.Session;

/// <summary>What a build can do with an ssh agent: our own gRPC client plays the daemon, and the test plays the agent.</summary>
internal sealed class ForwardedAgents
{
    private const string Forward = "/moby.sshforward.v1.SSH/ForwardAgent";

    private static readonly byte[] ListKeys = [0, 0, 0, 1, 11];
    private static readonly byte[] Sign = [0, 0, 0, 4, 13, 1, 2, 3];
    private static readonly byte[] RemoveAll = [0, 0, 0, 1, 19];
    private static readonly byte[] Failure = [0, 0, 0, 1, 5];

    private StreamPair _streams = null!;
    private StreamPair _agent = null!;
    private SessionServer _server = null!;
    private GrpcChannel _daemon = null!;
    private BuildSession _session = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        (_streams, _agent, _server) = (new StreamPair(), new StreamPair(), new SessionServer());
        _daemon = new GrpcChannel(_ => Task.FromResult(_streams.Right));
        var options = new SessionOptions
        {
            SharedKey = "k",
            SshAgent = (id, _) => id == "lost" ? throw new IOException("nobody listens") : Task.FromResult<Stream?>(id == "default" ? _agent.Left : null),
        };
        _session = await _server.AddAsync("id", _streams.Left, options, CancellationToken.None);
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        _daemon.Dispose();
        await _server.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Keys_are_listed_and_sign_however_the_bytes_are_cut(CancellationToken cancellationToken)
    {
        using var conversation = await ConversationAsync(cancellationToken);
        await conversation.SendAsync(ListKeys[..2]);
        await conversation.SendAsync([.. ListKeys[2..], .. Sign[..5]]);
        Assert.That(await AskedAsync(ListKeys.Length, cancellationToken), Is.EqualTo(ListKeys));
        byte[] keys = [0, 0, 0, 5, 12, 0, 0, 0, 0];
        await _agent.Right.WriteAsync(keys, cancellationToken);
        Assert.That(await conversation.AnswerAsync(keys.Length), Is.EqualTo(keys));

        await conversation.SendAsync(Sign[5..]);
        Assert.That(await AskedAsync(Sign.Length, cancellationToken), Is.EqualTo(Sign));
        byte[] signature = [0, 0, 0, 2, 14, 9];
        await _agent.Right.WriteAsync(signature, cancellationToken);
        Assert.That(await conversation.AnswerAsync(signature.Length), Is.EqualTo(signature));

        conversation.End();
        Assert.That(await conversation.EndAsync(), Is.Null);
    }

    [TestCase(1)]
    [TestCase(17)]
    [TestCase(18)]
    [TestCase(19)]
    [TestCase(20)]
    [TestCase(22)]
    [TestCase(23)]
    [TestCase(25)]
    [TestCase(27)]
    [CancelAfter(30_000)]
    public async Task Whatever_changes_the_agent_is_refused_and_does_not_reach_it(int kind, CancellationToken cancellationToken)
    {
        using var conversation = await ConversationAsync(cancellationToken);
        await conversation.SendAsync([0, 0, 0, 3, (byte)kind, 11, 13]);
        Assert.That(await conversation.AnswerAsync(Failure.Length), Is.EqualTo(Failure));

        await conversation.SendAsync(ListKeys);
        Assert.That(await AskedAsync(ListKeys.Length, cancellationToken), Is.EqualTo(ListKeys), "the first that the agent sees");
    }

    [Test, CancelAfter(30_000)]
    public async Task A_refusal_waits_for_the_answer_before_it(CancellationToken cancellationToken)
    {
        using var conversation = await ConversationAsync(cancellationToken);
        await conversation.SendAsync([.. ListKeys, .. RemoveAll, 0, 0, 0, 0]);
        await AskedAsync(ListKeys.Length, cancellationToken);
        byte[] keys = [0, 0, 0, 5, 12, 0, 0, 0, 0];
        await _agent.Right.WriteAsync(keys, cancellationToken);

        Assert.That(await conversation.AnswerAsync(keys.Length + (2 * Failure.Length)), Is.EqualTo((byte[])[.. keys, .. Failure, .. Failure]));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_request_that_is_too_long_ends_the_conversation(CancellationToken cancellationToken)
    {
        using var conversation = await ConversationAsync(cancellationToken);
        await conversation.SendAsync([0, 4, 0, 1, 13]);

        Assert.That(async () => await conversation.EndAsync(), ThrowsStatus(GrpcStatusCode.Unavailable));
        Assert.That(_session.Failure, Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task An_agent_that_ends_its_connection_ends_the_conversation(CancellationToken cancellationToken)
    {
        using var conversation = await ConversationAsync(cancellationToken);
        await conversation.SendAsync(ListKeys);
        await AskedAsync(ListKeys.Length, cancellationToken);
        await _agent.Right.DisposeAsync();

        Assert.That(await conversation.EndAsync(), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public void An_unknown_agent_is_refused(CancellationToken cancellationToken) =>
        Assert.That(async () => await CheckAsync("x", cancellationToken), ThrowsStatus(GrpcStatusCode.NotFound));

    [Test, CancelAfter(30_000)]
    public void One_that_was_named_and_does_not_answer_any_more_is_not_denied(CancellationToken cancellationToken) =>
        Assert.That(async () => await CheckAsync("lost", cancellationToken), Throws.Nothing);

    private static NUnit.Framework.Constraints.EqualConstraint<GrpcStatusCode> ThrowsStatus(GrpcStatusCode code) =>
        Throws.InstanceOf<GrpcStatusException>().With.Property("Status").Property("Code").EqualTo(code);

    private Task<CheckAgentResponse> CheckAsync(string id, CancellationToken cancellationToken) =>
        _daemon.UnaryAsync("/moby.sshforward.v1.SSH/CheckAgent", new CheckAgentRequest { ID = id }, CheckAgentResponse.Parser, cancellationToken);

    private async Task<byte[]> AskedAsync(int length, CancellationToken cancellationToken)
    {
        var asked = new byte[length];
        await _agent.Right.ReadExactlyAsync(asked, cancellationToken);
        return asked;
    }

    private async Task<Conversation> ConversationAsync(CancellationToken cancellationToken)
    {
        var content = new DuplexContent();
        var starting = _daemon.StartDuplexAsync(Forward, content, [new("buildkit.ssh.id", "default")], cancellationToken);
        return new Conversation(content, await content.Opened.WaitAsync(cancellationToken), starting, cancellationToken);
    }

    /// <summary>A connection of a process in the build to what it takes for the agent's socket.</summary>
    private sealed class Conversation(DuplexContent content, Stream request, Task<GrpcCall> starting, CancellationToken cancellationToken) : IDisposable
    {
        private readonly List<byte> _answers = [];

        public async Task SendAsync(byte[] bytes)
        {
            await request.WriteAsync(GrpcFrame.ToArray(new BytesMessage { Data = ByteString.CopyFrom(bytes) }), cancellationToken);
            await request.FlushAsync(cancellationToken);
        }

        public async Task<byte[]> AnswerAsync(int length)
        {
            var call = await starting;
            while (_answers.Count < length)
            {
                _answers.AddRange((await call.ReadAsync(BytesMessage.Parser, cancellationToken))!.Data.Span);
            }

            var answer = _answers[..length].ToArray();
            _answers.RemoveRange(0, length);
            return answer;
        }

        public void End() => content.Complete();

        public async Task<BytesMessage?> EndAsync() => await (await starting).ReadAsync(BytesMessage.Parser, cancellationToken);

        public void Dispose()
        {
            content.Complete();
            if (starting.IsCompletedSuccessfully)
            {
                starting.Result.Dispose();
            }
        }
    }
}
