using System.Text;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Credentials;

public sealed class CredentialStoreTests
{
    private TemporaryFolder _home = null!;

    [SetUp]
    public void MakeHome() => _home = new TemporaryFolder();

    [TearDown]
    public void RemoveHome() => _home.Dispose();

    [TestCase("""{"auth":"AUTH"}""", "me", "se:cret", false)]
    [TestCase("""{"username":"me","password":"se:cret"}""", "me", "se:cret", false)]
    [TestCase("""{"auth":"AUTH","identitytoken":"token"}""", "me", "token", true)]
    [TestCase("""{"identitytoken":"token"}""", "", "token", true)]
    public async Task A_login_in_the_file_is_found(string entry, string user, string secret, bool isToken)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:se:cret\0"));

        Assert.That(
            await FindAsync($$"""{ "auths": { "r.example:5000": {{entry.Replace("AUTH", auth)}} } }""", "r.example:5000"),
            Is.EqualTo(new RegistryCredentials(user, secret, isToken)));
    }

    [TestCase("""{"registrytoken":"token"}""", "")]
    [TestCase("""{"username":"me","password":"x","identitytoken":"y","registrytoken":"token"}""", "me")]
    public async Task A_token_for_the_registry_itself_goes_before_all(string entry, string user) => Assert.That(
        await FindAsync($$"""{ "auths": { "r.example": {{entry}} } }""", "r.example"), Is.EqualTo(new RegistryCredentials(user, "token", false) { IsRegistryToken = true }));

    [TestCase("https://index.docker.io/v1/", "registry-1.docker.io")]
    [TestCase("https://index.docker.io/v1/", "docker.io")]
    [TestCase("https://index.docker.io/v1/", "https://index.docker.io/v1/")]
    [TestCase("docker.io", "registry-1.docker.io")]
    [TestCase("https://r.example/v1/", "r.example")]
    [TestCase("R.example", "r.EXAMPLE")]
    public async Task Old_and_other_names_of_a_registry_are_understood(string stored, string asked) =>
        Assert.That(
            await FindAsync($$"""{ "auths": { "{{stored}}": { "username": "me", "password": "x" } } }""", asked),
            Is.EqualTo(new RegistryCredentials("me", "x", false)));

    [TestCase("{}")]
    [TestCase("""{ "auths": { "r.example": {} } }""")]
    [TestCase("""{ "auths": { "r.example": null } }""")]
    [TestCase("""{ "auths": { "r.example:5000": { "username": "me" } } }""")]
    public async Task Nothing_stored_is_null(string config) => Assert.That(await FindAsync(config, "r.example"), Is.Null);

    [TestCase("%%%")]
    [TestCase("bm8gY29sb24=")]
    public void A_malformed_login_is_explained_without_showing_it(string auth) =>
        Assert.That(
            () => FindAsync($$"""{ "auths": { "r.example": { "auth": "{{auth}}" } } }""", "r.example"),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("r.example").And.Message.Not.Contains(auth));

    [TestCase("""{ "auths": { "r.example": { "auth": "bWU6dG9rZW4=" } } }""", "me", "token")]
    [TestCase("""{ "auths": { "other.example": { "auth": "bWU6dG9rZW4=" } } }""", "file", "x")]
    [TestCase("""{ "auths": { "r.example": {} } }""", "file", "x")]
    [TestCase("""{ "credHelpers": { "r.example": "is-on-the-runner" } }""", "file", "x")]
    [TestCase("", "file", "x")]
    public async Task A_login_in_the_variable_goes_before_the_file_s(string variable, string user, string secret) =>
        Assert.That(
            await FindAsync("""{ "auths": { "r.example": { "username": "file", "password": "x" } } }""", "r.example", variable),
            Is.EqualTo(new RegistryCredentials(user, secret, false)));

    [TestCase("hunter2")]
    [TestCase("""{ "auths": "hunter2" }""")]
    [TestCase("""{ "auths": { "r.example": { "auth": "hunter2" } } }""")]
    public void A_malformed_variable_is_explained_without_showing_it(string variable) =>
        Assert.That(
            () => FindAsync("{}", "r.example", variable),
            Throws.TypeOf<DockerConfigurationException>().With.Property("Message").Not.Contains("hunter2"));

    [Test]
    public void Credentials_do_not_show_their_secret() =>
        Assert.That(new RegistryCredentials("me", "hunter2", false).ToString(), Does.Contain("me").And.Not.Contain("hunter2"));

    private async Task<RegistryCredentials?> FindAsync(string config, string registry, string variable = "")
    {
        _home.Write(".docker/config.json", config);
        return await new CredentialStore(Environments.With(_home.Path, ("DOCKER_AUTH_CONFIG", variable))).FindAsync(registry, Patience.Token);
    }
}
