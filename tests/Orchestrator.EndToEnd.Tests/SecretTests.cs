using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Secrets and agents reach the step that mounts them, and nothing else: no output, report, memory, image or key.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed partial class SecretTests(string engine)
{
    private const string Canary = "canary-9c41d7";

    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task One_whose_file_is_not_there_is_told_and_nothing_is_built_without_it()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-app:\n    context: app\n    secrets: [{ id: token, file: nowhere.txt }]\n")
            .Write("app/Dockerfile", "FROM local/busybox\nRUN --mount=type=secret,id=token ls /run/secrets > /seen || true\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("images.yml(5,15): error ORC3014: The secret 'token' of").And.Contain("nowhere.txt' does not exist."), outcome.ToString());
    }

    [TestCase("secrets: [{ id: token, env: UNSET_TOKEN }]", "secret,id=token", "The secret 'token' of")]
    [TestCase("ssh: [default=nobody.sock]", "ssh", "The ssh agent 'default' of")]
    public async Task What_a_step_mounts_and_can_do_without_is_not_left_out(string key, string mount, string expected)
    {
        _repository.Write("images.yml", $"name: @\nimages:\n  @-app:\n    context: app\n    {key}\n  @-other:\n    context: other\n    {key}\n")
            .Write("app/Dockerfile", $"FROM local/busybox\nRUN --mount=type={mount} ls /run/secrets > /seen || true\n")
            .Write("other/Dockerfile", $"FROM local/busybox\nRUN : @ > /seen\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("images.yml(5,").And.Contain("error ORC3014: " + expected), outcome.ToString());
        Assert.That(outcome.Built, Is.EqualTo(new[] { "other" }), outcome.ToString());
    }

    [Test]
    public async Task A_secret_of_a_variable_or_a_file_is_nowhere_but_in_its_step()
    {
        _repository.Write("images.yml", "name: @\nsecrets: { listed: { file: secret.txt } }\nimages:\n  @-app: { context: app, secrets: [ listed, { id: token, env: TOKEN } ] }\n")
            .Write("secret.txt", Canary + "-file")
            .Write("app/Dockerfile", "FROM local/busybox\nRUN --mount=type=secret,id=listed,required=true --mount=type=secret,id=token,required=true wc -c < /run/secrets/listed > /size && wc -c < /run/secrets/token >> /size && echo @ > /never-cached\n");
        _repository.Variables["TOKEN"] = Canary + "-variable";

        var built = await _repository.RunAsync("build", "--progress", "json", "--report", "report.html", "--report", "report.json");
        _repository.Variables["TOKEN"] = Canary + "-changed";
        var again = await _repository.RunAsync("build");

        Assert.That(await _repository.CatAsync("app", "/size"), Is.EqualTo("18\n22"), built.ToString());
        Assert.That(again.Text, Does.Contain("1 images: 1 up-to-date"), "the value of a secret is in no key");
        await LeavesNothingAsync(built.Text + again.Text);
    }

    [Test]
    public async Task An_agent_is_asked_by_the_step_that_mounts_it()
    {
        var socket = Path.Join(_repository.Root, "agent.sock");
        await using var agent = new KeyAgent(socket, Canary);
        await CopyPerlAsync();
        _repository.Write("images.yml", $"name: @\nimages:\n  @-app: {{ context: app, ssh: [ \"default={socket}\" ] }}\n")
            .Write("app/ask.pl", "use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0) or die $!; connect(S, sockaddr_un($ENV{SSH_AUTH_SOCK})) or die $!;\nsyswrite(S, pack('NC', 1, 19)); sysread(S, $_, 5); die unpack('H*', $_) if $_ ne pack('NC', 1, 5);\nsyswrite(S, pack('NC', 1, 11)); sysread(S, $_, 4); sysread(S, $_, unpack('N', $_)); open(F, '>/answer'); print F length;\n")
            .Write("app/Dockerfile", "FROM local/busybox\nCOPY root/ /\nCOPY ask.pl /\nRUN --mount=type=ssh perl /ask.pl && echo @ > /never-cached\n");

        var built = await _repository.RunAsync("build", "--progress", "json", "--report", "report.html", "--report", "report.json");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(agent.Requests, Is.EqualTo(new byte[] { KeyAgent.ListKeys }), "and not to remove all keys, which the step asked for first");
        Assert.That(await _repository.CatAsync("app", "/answer"), Is.EqualTo($"{agent.AnswerLength}"));
        await LeavesNothingAsync(built.Text);
    }

    private async Task LeavesNothingAsync(string output)
    {
        var image = await _repository.DockerAsync("image", "inspect", "@-app") + await _repository.DockerAsync("history", "--no-trunc", "@-app");
        var files = await _repository.DockerAsync("run", "--rm", "@-app", "find", "/", "-xdev", "-type", "f", "-exec", "grep", "-lF", Canary, "{}", "+");

        Assert.That(output + image, Does.Not.Contain(Canary));
        Assert.That(files, Is.Empty, "files of the image");
        Assert.That(File.ReadAllText(Path.Join(_repository.Root, "report.html")) + File.ReadAllText(Path.Join(_repository.Root, "report.json")), Does.Not.Contain(Canary));
        Assert.That(_repository.StateHolds(Canary), Is.False, "what is remembered between runs");
    }

    /// <summary>The only program of every Debian that can speak to a Unix socket, with what it needs.</summary>
    private async Task CopyPerlAsync()
    {
        var needs = await _repository.RunCommandAsync("sh", "-c", "ldd $(command -v perl); perl -MSocket -e 'print $INC{\"Socket.pm\"}'");
        foreach (var file in Files().Matches(needs.Text).Select(match => match.Value).Append("/usr/bin/perl"))
        {
            Copy(file);
        }

        var modules = Path.GetDirectoryName(needs.Text.TrimEnd().Split('\n')[^1])!;
        foreach (var file in Directory.EnumerateFiles(modules, "*", SearchOption.AllDirectories))
        {
            Copy(file);
        }
    }

    private void Copy(string file)
    {
        var copy = Path.Join(_repository.Root, "app/root", file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy, overwrite: true);
    }

    [GeneratedRegex(@"/\S+\.so\S*", RegexOptions.CultureInvariant)]
    private static partial Regex Files();
}
