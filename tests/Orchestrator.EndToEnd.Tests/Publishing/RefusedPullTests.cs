using Microsoft.AspNetCore.Http;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>A registry that shows an image to the command and then refuses it to the engine: what does not pass by itself is not waited for.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class RefusedPullTests(string engine)
{
    private PublishFixture _fixture = null!;
    private FaultyProxy _proxy = null!;
    private EngineNetwork _network = null!;

    private Repository Repository => _fixture.Repository;

    [SetUp]
    public async Task OpenAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        _proxy = await FaultyProxy.StartAsync(_fixture.Registry.Host);
        _network = EngineNetwork.Open(TestEngines.Host(engine), _proxy.Port);
        Repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        Repository.Write("images.yml", $"name: @\nregistry: {_proxy.Host}/acme\npublish_tags: [\"{{version}}\"]\ncache: {{ registry: true }}\nimages:\n  @-app: app\n").Write("app/Dockerfile", "FROM local/busybox\nRUN : @ > /f\n");
        var published = await Repository.RunAsync("push", "--build", "--version", "1.0.0");
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
        await Repository.RunAsync("clean");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await Repository.RunAsync("clean");
        await _network.DisposeAsync();
        await _proxy.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [TestCase(StatusCodes.Status404NotFound)]
    [TestCase(StatusCodes.Status403Forbidden)]
    public async Task It_is_built_at_once(int status)
    {
        _proxy.Fault = async context =>
        {
            var isRefused = IsEngine(context.Request) && context.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal);
            if (isRefused)
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(status == StatusCodes.Status403Forbidden
                    ? """{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}"""
                    : """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
            }

            return isRefused;
        };

        var outcome = await Repository.RunAsync("build");

        Assert.That(outcome.Built, Is.EqualTo(new[] { "app" }), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("warning ORC4021").And.Not.Contain("again ("), outcome.ToString());
    }

    private static bool IsEngine(HttpRequest request) => request.Headers.UserAgent.ToString() is var agent
        && (agent.Contains("docker", StringComparison.OrdinalIgnoreCase) || agent.Contains("containerd", StringComparison.OrdinalIgnoreCase) || agent.StartsWith("Go-http", StringComparison.Ordinal));
}
