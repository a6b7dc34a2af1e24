using System.Diagnostics;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Credentials;

/// <summary>Real helpers: small shell scripts on a PATH of their own.</summary>
[Platform(Exclude = "Win")]
public sealed class CredentialHelperTests
{
    private const string Store = """{ "credsStore": "test", "auths": { "r.example": {} } }""";
    private const string Answer = """printf '{"ServerURL":"%s","Username":"me","Secret":"s3"}' "$(cat)" """;

    private TemporaryFolder _home = null!;

    [SetUp]
    public void MakeHome() => _home = new TemporaryFolder();

    [TearDown]
    public void RemoveHome() => _home.Dispose();

    [Test]
    public async Task A_helper_is_asked_with_the_registrys_name_on_its_input()
    {
        Helper("test", $$"""echo "$*" > {{_home.Path}}/arguments; tee {{_home.Path}}/input | {{Answer}}""");

        Assert.That(await FindAsync(Store, "docker.io"), Is.EqualTo(new RegistryCredentials("me", "s3", false)));
        Assert.That(await File.ReadAllTextAsync($"{_home.Path}/arguments"), Is.EqualTo("get\n"));
        Assert.That(await File.ReadAllTextAsync($"{_home.Path}/input"), Is.EqualTo("https://index.docker.io/v1/"));
    }

    [Test]
    public async Task A_token_instead_of_a_user_is_an_identity_token()
    {
        Helper("test", """cat > /dev/null; echo '{"Username":"<token>","Secret":"s3"}'""");

        Assert.That(await FindAsync(Store, "r.example"), Is.EqualTo(new RegistryCredentials("", "s3", true)));
    }

    [TestCase("r.example", "own")]
    [TestCase("other.example", "common")]
    public async Task A_registrys_own_helper_beats_the_common_one(string registry, string expected)
    {
        Helper("own", """echo '{"Username":"own","Secret":"x"}'""");
        Helper("common", """echo '{"Username":"common","Secret":"x"}'""");

        var found = await FindAsync("""{ "credHelpers": { "r.example": "own" }, "credsStore": "common" }""", registry);

        Assert.That(found!.Username, Is.EqualTo(expected));
    }

    [TestCase("echo 'credentials not found in native keychain'; exit 1")]
    [TestCase("""echo '{"ServerURL":"r.example","Username":"","Secret":""}'""")]
    [TestCase("echo '{}'")]
    public async Task A_helper_that_knows_nothing_leaves_the_file_to_answer(string script)
    {
        Helper("test", script);

        Assert.That(await FindAsync(Store, "r.example"), Is.Null);
        Assert.That(
            await FindAsync("""{ "credsStore": "test", "auths": { "r.example": { "username": "f", "password": "p" } } }""", "r.example"),
            Is.EqualTo(new RegistryCredentials("f", "p", false)));
    }

    [TestCase("echo 'the keychain is locked'; exit 1", "the keychain is locked")]
    [TestCase("echo 'no display' >&2; exit 2", "exit code 2, no display")]
    [TestCase("exit 3", "exit code 3")]
    [TestCase("echo hunter2", "is not JSON")]
    [TestCase("echo '{\"Secret\":\"hunter2\"}'", "no Username")]
    [TestCase("echo '{\"Username\":\"hunter2\"}'", "no Username and Secret")]
    [TestCase(": ", "is not JSON")]
    public void A_helper_that_fails_is_explained_without_what_might_be_secret(string script, string expected)
    {
        Helper("test", script);

        Assert.That(
            () => FindAsync(Store, "r.example"),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(expected)
                .And.Message.Contains("docker-credential-test").And.Message.Not.Contains("hunter2"));
    }

    [Test]
    public void A_helper_that_hangs_is_killed_with_its_children()
    {
        Helper("test", $"sleep 300 & echo $! > {_home.Path}/child; wait");

        Assert.That(
            () => FindAsync(Store, "r.example", TimeSpan.FromSeconds(1)),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("did not answer within 1 seconds"));
        var child = int.Parse(File.ReadAllText($"{_home.Path}/child"), null);
        Assert.That(() => IsAlive(child), Is.False.After(5).Seconds.PollEvery(20).MilliSeconds);
    }

    [Test]
    public async Task Cancelling_is_not_a_mistake_in_the_configuration()
    {
        Helper("test", $"touch {_home.Path}/started; sleep 300");
        using var cancellation = new CancellationTokenSource();
        var finding = FindAsync(Store, "r.example", cancellationToken: cancellation.Token);
        Assert.That(() => File.Exists($"{_home.Path}/started"), Is.True.After(10).Seconds.PollEvery(10).MilliSeconds);

        await cancellation.CancelAsync();

        Assert.That(() => finding, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("missing", "no docker-credential-missing on the PATH")]
    [TestCase("../../bin/evil", "no slashes")]
    public void A_helper_that_cannot_be_found_is_named(string name, string expected) =>
        Assert.That(
            () => FindAsync($$"""{ "credsStore": "{{name}}" }""", "r.example"),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(expected));

    [Test]
    public async Task Many_questions_at_a_time_start_one_helper()
    {
        Helper("test", $"echo x >> {_home.Path}/calls; {Answer}");
        _home.Write(".docker/config.json", Store);
        var store = new CredentialStore(Environment());

        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.FindAsync("r.example", Patience.Token)));

        Assert.That(found, Has.All.EqualTo(new RegistryCredentials("me", "s3", false)));
        Assert.That(await File.ReadAllLinesAsync($"{_home.Path}/calls"), Has.Length.EqualTo(1));
    }

    private void Helper(string name, string script) => _home.WriteScript($"bin/docker-credential-{name}", script + "\n");

    private DockerEnvironment Environment() => Environments.With(_home.Path, ("PATH", $"{_home.Path}/bin:/usr/bin:/bin"));

    private async Task<RegistryCredentials?> FindAsync(
        string config, string registry, TimeSpan? timeout = null, CancellationToken? cancellationToken = null)
    {
        _home.Write(".docker/config.json", config);
        var store = new CredentialStore(Environment(), timeout ?? TimeSpan.FromSeconds(20));
        return await store.FindAsync(registry, cancellationToken ?? Patience.Token);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
