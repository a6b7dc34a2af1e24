using System.Security.Cryptography;
using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>The real registry with passwords, with TLS and with tokens.</summary>
[Category("Engine")]
internal sealed class AuthenticationTests
{
    private static readonly RegistryOptions NoRetry = new() { Retries = 0 };

    [Test]
    public async Task A_registry_with_passwords_is_pushed_to()
    {
        await using var registry = await TestRegistry.StartAsync(basic: true);
        using var client = new RegistryClient(registry.Host, NoRetry with { FindLogin = Login(TestRegistry.User, TestRegistry.Password) });

        var manifest = await SampleImage.PushAsync(client, "a", "k", 1000);

        Assert.That(await client.ResolveAsync("a", manifest.Digest.ToString(), Patience.Token), Is.EqualTo(manifest.Digest));
    }

    [TestCase("wrong-secret")]
    [TestCase(null)]
    public async Task Wrong_or_no_credentials_are_refused_at_once_and_never_shown(string? password)
    {
        await using var registry = await TestRegistry.StartAsync(basic: true);
        await using var proxy = await FaultyProxy.StartAsync(registry.Host);
        using var client = new RegistryClient(proxy.Host, new RegistryOptions { FindLogin = password is null ? (_, _) => Task.FromResult<RegistryLogin?>(null) : Login("me", password) });

        var exception = Assert.ThrowsAsync<RegistryApiException>(() => client.ResolveAsync("a", "b", Patience.Token));

        Assert.That(exception!.IsDenied);
        Assert.That(exception.ToString(), Does.Not.Contain("wrong-secret").And.Not.Contain("Basic "));
        Assert.That(proxy.Requests.Count(request => request.StartsWith("HEAD", StringComparison.Ordinal)), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void A_login_shows_no_secret() =>
        Assert.That(new RegistryLogin("me", "hidden", false).ToString() + new RegistryLogin("me", "hidden", true), Does.Not.Contain("hidden"));

    [Test]
    public async Task A_registry_with_tls_is_trusted_by_its_authority_only()
    {
        using var authority = new TestAuthority();
        await using var registry = await TestRegistry.StartAsync(tls: authority.ServerPem("127.0.0.1"));
        var folder = Directory.CreateTempSubdirectory("orc-certs-");
        try
        {
            var (good, wrong) = (Path.Join(folder.FullName, "good.pem"), Path.Join(folder.FullName, "wrong.pem"));
            using var other = new TestAuthority();
            await File.WriteAllTextAsync(good, authority.Pem);
            await File.WriteAllTextAsync(wrong, other.Pem);
            using var trusting = new RegistryClient(registry.Host, NoRetry with { AuthorityFile = good });
            using var careful = new RegistryClient(registry.Host, new RegistryOptions { AuthorityFile = wrong });
            using var careless = new RegistryClient(registry.Host, NoRetry);

            await trusting.PingAsync(Patience.Token);
            await careless.PingAsync(Patience.Token); // the machine itself, as Docker does
            Assert.That(() => careful.PingAsync(Patience.Token), Throws.TypeOf<RegistryUnreachableException>().With.Message.Contains("certificate").And.Property("IsTransient").False);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As <c>/etc/docker/certs.d</c>; a wrong authority in the setting takes the loopback address its privilege.</summary>
    [Test]
    public async Task Dockers_folder_of_certificates_counts()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        await using var registry = await TestRegistry.StartAsync(tls: authority.ServerPem("127.0.0.1"));
        var folder = Directory.CreateTempSubdirectory("orc-certs-");
        try
        {
            var setting = Path.Join(folder.FullName, "other.pem");
            await File.WriteAllTextAsync(setting, other.Pem);
            await File.WriteAllTextAsync(Path.Join(folder.CreateSubdirectory(registry.Host).FullName, "ca.crt"), authority.Pem);
            using var client = new RegistryClient(registry.Host, NoRetry with { AuthorityFile = setting, CertificateDirectories = [Path.Join(folder.FullName, "none"), folder.FullName] });

            Assert.That(() => client.PingAsync(Patience.Token), Throws.Nothing);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_client_shows_its_certificate_with_the_authorities_that_vouch_for_it(bool hasIntermediate)
    {
        using var authority = new TestAuthority();
        using var intermediate = authority.Intermediate();
        await using var registry = await TestRegistry.StartAsync(tls: authority.ServerPem("127.0.0.1"), clients: authority.Pem);
        var folder = Directory.CreateTempSubdirectory("orc-certs-");
        try
        {
            var own = folder.CreateSubdirectory(registry.Host).FullName;
            var (certificate, key) = (hasIntermediate ? intermediate : authority).ClientPem("somebody");
            await File.WriteAllTextAsync(Path.Join(own, "client.cert"), hasIntermediate ? $"{certificate}\n{intermediate.Pem}" : certificate);
            await File.WriteAllTextAsync(Path.Join(own, "client.key"), key);
            using var client = new RegistryClient(registry.Host, NoRetry with { CertificateDirectories = [folder.FullName] });
            using var stranger = new RegistryClient(registry.Host, NoRetry with { CertificateDirectories = [] });

            Assert.That(() => stranger.PingAsync(Patience.Token), Throws.Exception, "it let anybody in");
            Assert.That(() => client.PingAsync(Patience.Token), Throws.Nothing);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_registry_with_tokens_is_pushed_to(bool isIdentityToken)
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        var login = isIdentityToken ? new RegistryLogin("", TestTokenServer.RefreshToken, true) : new RegistryLogin(TestTokenServer.User, TestTokenServer.Password, false);
        using var client = new RegistryClient(registry.Host, NoRetry with { FindLogin = (_, _) => Task.FromResult<RegistryLogin?>(login) });

        await SampleImage.PushAsync(client, "a", "k", 1000, 2000);

        Assert.That(tokens.Asked, Has.Count.LessThanOrEqualTo(2), "tokens are shared by requests of one repository");
        Assert.That(tokens.Asked.Last(), Is.EqualTo("repository:a:pull,push"));
    }

    [Test]
    public async Task A_token_for_the_registry_itself_is_shown_as_it_is()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        using var client = new RegistryClient(registry.Host, NoRetry with { FindLogin = Token(tokens.Issue("repository:a:pull,push")) });
        using var stranger = new RegistryClient(registry.Host, NoRetry with { FindLogin = Token("wrong-secret") });

        await SampleImage.PushAsync(client, "a", "k", 1000);

        Assert.That(tokens.Asked, Is.Empty);
        Assert.That(() => client.ResolveAsync("b", "1.0", Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("IsDenied").True);
        Assert.That(() => stranger.ResolveAsync("a", "1.0", Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("MayMeanAbsent").False.And.Message.Not.Contains("wrong-secret"));

        static FindLogin Token(string value) => (_, _) => Task.FromResult<RegistryLogin?>(new RegistryLogin("", value, false) { IsRegistryToken = true });
    }

    [Test]
    public async Task Mounting_asks_for_both_repositories_at_once()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        using var client = new RegistryClient(registry.Host, NoRetry with { FindLogin = Login(TestTokenServer.User, TestTokenServer.Password) });
        var manifest = await SampleImage.PushAsync(client, "from", "k", 1000);

        Assert.That(await client.MountBlobAsync("to", manifest.Layers[0].Digest, "from", Patience.Token), Is.True);
        Assert.That(tokens.Asked.Last(), Is.EqualTo("repository:from:pull repository:to:pull,push"));
    }

    [Test]
    public async Task Nobody_in_particular_may_pull_what_is_public_but_not_push()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        using var owner = new RegistryClient(registry.Host, NoRetry with { FindLogin = Login(TestTokenServer.User, TestTokenServer.Password) });
        var manifest = await SampleImage.PushAsync(owner, "a", "k", 1000);
        tokens.IsPublic = true;
        using var anybody = new RegistryClient(registry.Host, new RegistryOptions());

        Assert.That(await anybody.FindManifestAsync("a", manifest.Digest.ToString(), Patience.Token), Is.Not.Null);
        Assert.That(() => anybody.PutManifestAsync("a", "b", manifest, Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("IsDenied").True);
    }

    [Test]
    public async Task A_token_that_ends_in_mid_push_is_renewed()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        tokens.Life = TimeSpan.FromSeconds(2);
        using var client = new RegistryClient(registry.Host, NoRetry with { FindLogin = Login(TestTokenServer.User, TestTokenServer.Password), UploadChunkBytes = 1000 });
        var content = RandomNumberGenerator.GetBytes(8000);

        await client.UploadBlobAsync("a", SampleImage.Blob(content), async (from, token) =>
        {
            await Task.Delay(500, token); // a slow line: the upload outlives its tokens
            return new MemoryStream(content[(int)from..]);
        }, null, Patience.Token);

        Assert.That(await client.ReadBlobAsync("a", SampleImage.Blob(content), Patience.Token), Is.EqualTo(content));
        Assert.That(tokens.Asked, Has.Count.GreaterThan(2));
    }

    [Test]
    public async Task A_token_server_that_stumbles_is_asked_again_and_one_that_refuses_is_not()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        var options = new RegistryOptions { FirstDelay = TimeSpan.FromMilliseconds(5) };
        using var client = new RegistryClient(registry.Host, options with { FindLogin = Login(TestTokenServer.User, TestTokenServer.Password) });
        using var stranger = new RegistryClient(registry.Host, options with { FindLogin = Login("me", "wrong-secret") });
        tokens.Failures.Enqueue(503);

        await client.PingAsync(Patience.Token);
        var exception = Assert.ThrowsAsync<RegistryApiException>(() => stranger.PingAsync(Patience.Token));

        Assert.That(exception!.Message, Does.Contain("token server").And.Contain("incorrect username").And.Not.Contain("wrong-secret"));
    }

    private static FindLogin Login(string user, string password) => (_, _) => Task.FromResult<RegistryLogin?>(new RegistryLogin(user, password, false));
}
