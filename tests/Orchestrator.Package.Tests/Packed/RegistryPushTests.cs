using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orchestrator.Testing;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>The package with the tool that it brings, from a project's version to the tags of a real registry that wants a password.</summary>
[Category("Engine")]
internal sealed class RegistryPushTests
{
    private static readonly byte[] Login = Encoding.UTF8.GetBytes($"{TestRegistry.User}:{TestRegistry.Password}");

    [Test]
    public async Task Images_are_pushed_under_the_project_s_version_and_no_credential_is_shown([ValueSource(typeof(TestEngines), nameof(TestEngines.Stores))] string label)
    {
        var host = TestEngines.Host(label);
        await using var registry = await TestRegistry.StartAsync(basic: true);
        await using var network = EngineNetwork.Open(host, registry.Port);
        var repo = Images(registry.Host).With("DOCKER_HOST", host);

        var refused = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true", "-p:Version=1.4.0", "-v:d", "-bl:refused.binlog");
        repo.Write("login/config.json", JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [registry.Host] = new { auth = Convert.ToBase64String(Login) } } }));
        var published = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true", "-p:Version=1.4.0", "-v:d", "-bl:published.binlog");
        var first = await TagsAsync(registry, "app");
        repo.Write("Directory.Build.props", "<Project><PropertyGroup><VersionPrefix>1.5.0</VersionPrefix></PropertyGroup></Project>");
        var pushed = await repo.DotNetAsync("build", "-t:OrchestratorPush", "-v:d", "-bl:pushed.binlog");
        var clean = await repo.DotNetAsync("build", "-t:OrchestratorCleanImages");

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.Output);
        Assert.That(refused.Output, Does.Contain("error ORC4002"));
        Assert.That(published.ExitCode, Is.Zero, published.Output);
        Assert.That(first, Is.EqualTo("1.4 1.4.0 latest"));
        Assert.That(pushed.ExitCode, Is.Zero, pushed.Output);
        Assert.That(await TagsAsync(registry, "app"), Is.EqualTo("1.4 1.4.0 1.5 1.5.0 latest"));
        Assert.That(await TagsAsync(registry, "base"), Is.EqualTo("1.4 1.4.0 1.5 1.5.0 latest"));
        Assert.That(clean.ExitCode, Is.Zero, clean.Output);
        foreach (var (result, log) in new[] { (refused, "refused.binlog"), (published, "published.binlog"), (pushed, "pushed.binlog") })
        {
            AssertShowsNoLogin(result.Output, log);
            AssertShowsNoLogin(await ReadLogAsync(repo.PathOf(log)), log);
        }
    }

    private static Workspace Images(string registry)
    {
        var repo = new Workspace();
        repo.Write("images.yml", $"name: packagetest-push\nregistry: {registry}/acme\npublish_tags: [\"{{version}}\", \"{{major}}.{{minor}}\", latest]\nimages:\n  packagetest-push-base: base\n  packagetest-push-app: app\n");
        repo.Write("base/Dockerfile", "FROM scratch\nCOPY file /base\n");
        repo.Write("base/file", Guid.NewGuid().ToString());
        repo.Write("app/Dockerfile", "FROM packagetest-push-base\nCOPY file /app\n");
        repo.Write("app/file", "app");
        repo.Write("images.csproj", Workspace.ImagesProject);
        repo.Write("login/config.json", "{}");
        return repo.With("DOCKER_CONFIG", repo.PathOf("login"));
    }

    /// <summary>The release tags that the registry tells, asked as anybody would.</summary>
    private static async Task<string> TagsAsync(TestRegistry registry, string image)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Login));
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{registry.Host}/v2/acme/packagetest-push-{image}/tags/list")));
        var tags = document.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!);
        return string.Join(' ', tags.Where(tag => !tag.StartsWith("key-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>A binary log is compressed; what is in it are strings.</summary>
    private static async Task<string> ReadLogAsync(string file)
    {
        await using var log = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var content = new MemoryStream();
        await log.CopyToAsync(content);
        var text = Encoding.UTF8.GetString(content.ToArray());
        Assert.That(text, Does.Contain("packagetest-push-app"), "this is not how a binary log is read");
        return text;
    }

    private static void AssertShowsNoLogin(string text, string where)
    {
        foreach (var secret in new[] { TestRegistry.Password, Uri.EscapeDataString(TestRegistry.Password), Convert.ToBase64String(Login), Convert.ToBase64String(Encoding.UTF8.GetBytes(TestRegistry.Password)) })
        {
            Assert.That(text.Contains(secret, StringComparison.Ordinal), Is.False, $"{where} shows a credential");
        }
    }
}
