using Microsoft.AspNetCore.Http;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>An engine's images, and a registry in which a test does something between two requests of ours.</summary>
internal abstract class SimultaneousFixture
{
    private EngineNetwork _network = null!;

    protected PublishFixture Fixture { get; private set; } = null!;

    /// <summary>The registry as the tool and the engine know it.</summary>
    protected FaultyProxy Proxy { get; private set; } = null!;

    protected Repository Repository => Fixture.Repository;

    protected virtual string Engine => TestEngines.Labels.First();

    [SetUp]
    public async Task OpenAsync()
    {
        Fixture = await PublishFixture.OpenAsync(Engine);
        Proxy = await FaultyProxy.StartAsync(Fixture.Registry.Host);
        _network = EngineNetwork.Open(TestEngines.Host(Engine), Proxy.Port);
        Fixture.WriteServices();
        Repository.Write("images.yml", File.ReadAllText(Path.Join(Repository.Root, "images.yml")).Replace(Fixture.Registry.Host, Proxy.Host, StringComparison.Ordinal));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _network.DisposeAsync();
        await Proxy.DisposeAsync();
        await Fixture.DisposeAsync();
    }

    protected static string Dockerfile(string content) => $"FROM @-base\nRUN echo {content} > /left\n";

    protected string Stable(string image) => $"stable/{Repository.Prefix}-{image}";

    protected static bool IsWrite(HttpContext context, string image, string tag) =>
        context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith($"-{image}/manifests/{tag}", StringComparison.Ordinal);

    protected async Task<Repository.Outcome> PublishAsync(string version, string content, params string[] options)
    {
        var pushed = await RunAsync(version, content, options);
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        return pushed;
    }

    protected Task<Repository.Outcome> RunAsync(string version, string content, params string[] options) =>
        Repository.Write("left/Dockerfile", Dockerfile(content)).RunAsync(["push", "--build", "--version", version, .. options]);

    /// <summary>The version was not published yet; its image is there under another name.</summary>
    protected async Task RenameAsync(string version, string name)
    {
        await Fixture.MoveAsync("left", name, "left", version);
        Remove("left", version);
    }

    protected void Remove(string image, string tag) =>
        Directory.Delete(Path.Join(Fixture.Registry.Storage, "docker/registry/v2/repositories", Fixture.Name(image), "_manifests/tags", tag), recursive: true);

    protected async Task WaitForAsync(string repository, string tag)
    {
        while (await Fixture.DigestOfAsync(repository, tag) is null)
        {
            await Task.Delay(10);
        }
    }
}
