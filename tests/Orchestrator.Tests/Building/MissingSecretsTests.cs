using System.Net.Sockets;
using Orchestrator.Building;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>The builder leaves out what it is not given, and the image without it would have the key of the image with it.</summary>
internal sealed class MissingSecretsTests
{
    private readonly Dictionary<string, string> _environment = [];
    private KeyRepository _repository = null!;

    private string Socket => _repository.PathOf("agent.sock");

    [SetUp]
    public void Open()
    {
        _environment.Clear();
        _repository = new KeyRepository();
        _repository.Write("images.yml", "images:\n  app: { context: app, secrets: [{ id: token, env: TOKEN }], ssh: [default, deploy=agent.sock] }\n");
    }

    [TearDown]
    public void Close() => _repository.Dispose();

    [TestCase("FROM scratch\nRUN --mount=type=secret,id=token true\n")]
    [TestCase("FROM scratch\nRUN --mount=type=secret,source=token,target=/x true\n")]
    [TestCase("FROM scratch\nRUN --mount=type=secret,target=/x/token true\n")]
    [TestCase("FROM scratch\nRUN --mount=type=secret,id=token,required=true true\n")]
    [TestCase("FROM scratch AS a\nRUN --mount=type=secret,id=token true\nFROM scratch\nCOPY --from=a / /\n")]
    [TestCase("ARG ID=token\nFROM scratch\nARG ID\nRUN --mount=type=secret,id=$ID true\n")]
    public async Task A_variable_that_a_step_mounts_must_be_set(string dockerfile)
    {
        Assert.That(await ObstacleAsync(dockerfile), Is.EqualTo("ORC3014(2) The secret 'token' of 'app' is not there: the variable 'TOKEN' is not set."));

        _environment["TOKEN"] = "";
        Assert.That(await ObstacleAsync(dockerfile), Is.Null, "an empty value is one");
    }

    [TestCase("FROM scratch\nCOPY . /\n")]
    [TestCase("FROM scratch\nRUN --mount=type=secret,id=other true\n")]
    [TestCase("FROM scratch AS a\nRUN --mount=type=secret,id=token --mount=type=ssh true\nFROM scratch\n")]
    public async Task What_no_step_of_the_image_mounts_may_be_missing(string dockerfile) => Assert.That(await ObstacleAsync(dockerfile), Is.Null);

    [TestCase("RUN --mount=type=ssh true", "default", "SSH_AUTH_SOCK is not set, and the graph names no socket.")]
    [TestCase("RUN --mount=type=ssh,id=default true", "default", "SSH_AUTH_SOCK is not set, and the graph names no socket.")]
    [TestCase("RUN --mount=type=ssh,id=deploy true", "deploy", "there is no socket '@'.")]
    [Platform(Exclude = "Win", Reason = "Windows has an agent of its own")]
    public async Task An_agent_that_a_step_mounts_must_be_there(string step, string id, string reason) =>
        Assert.That(await ObstacleAsync($"FROM scratch\n{step}\n"), Is.EqualTo($"ORC3014(2) The ssh agent '{id}' of 'app' is not there: {reason.Replace("@", Socket, StringComparison.Ordinal)}"));

    [Test, Platform(Exclude = "Win", Reason = "Windows has an agent of its own")]
    public async Task An_agent_must_answer([Values] bool isNamedByTheGraph)
    {
        _environment["SSH_AUTH_SOCK"] = Socket;
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        var step = $"FROM scratch\nRUN --mount=type=ssh,id={(isNamedByTheGraph ? "deploy" : "default")} true\n";
        Assert.That(await ObstacleAsync(step), Does.EndWith($"nobody listens at the socket '{Socket}'."));

        listener.Listen();
        Assert.That(await ObstacleAsync(step), Is.Null);
    }

    [Test]
    public async Task A_key_in_a_file_is_no_agent()
    {
        _repository.Write("agent.sock", "-----BEGIN OPENSSH PRIVATE KEY-----\n");

        Assert.That(await ObstacleAsync("FROM scratch\nRUN --mount=type=ssh,id=deploy true\n"), Does.EndWith(
            $"'{Socket}' is a file; keys in files are not supported yet, so add the key to an agent and give the agent's socket."));
    }

    [Test]
    public async Task What_the_graph_does_not_name_is_not_there_and_what_it_names_is_never_denied()
    {
        var secrets = Secrets("FROM scratch\n");

        Assert.That(await secrets.OpenAgentAsync("other", CancellationToken.None), Is.Null);
        Assert.That(async () => await secrets.OpenAgentAsync("deploy", CancellationToken.None), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void A_file_that_went_away_is_a_failure_and_not_a_secret_that_nobody_named()
    {
        _repository.Write("images.yml", "images:\n  app: { context: app, secrets: [{ id: token, file: nowhere.txt }] }\n");

        Assert.That(async () => await Secrets("FROM scratch\n").FindAsync("token", CancellationToken.None), Throws.InstanceOf<FileNotFoundException>());
    }

    private BuildSecrets Secrets(string dockerfile)
    {
        _repository.Write("app/Dockerfile", dockerfile);
        return new BuildSecrets(_repository.Resolved().Node.Build, _environment);
    }

    private async Task<string?> ObstacleAsync(string dockerfile) =>
        await Secrets(dockerfile).ObstacleAsync(_repository.Resolved(), CancellationToken.None) is { } found ? $"{found.Code}({found.Span!.Line}) {found.Message}" : null;
}
