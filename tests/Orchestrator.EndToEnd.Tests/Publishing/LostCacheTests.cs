using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// A registry that tells which steps it has (<c>cache_from</c>) and then does not give their layers. containerd's store names an image before it has fetched them: what
/// is named by then is not whole, and must not count as built.
/// </summary>
[Category("Engine")]
internal sealed class LostCacheTests
{
    /// <summary>The other store asks for layers before it names anything, and has the steps run when they do not come.</summary>
    private const string Engine = "containerd";

    private PublishFixture _fixture = null!;
    private FaultyProxy _proxy = null!;
    private EngineNetwork _network = null!;

    private Repository Repository => _fixture.Repository;

    [SetUp]
    public async Task OpenAsync()
    {
        _fixture = await PublishFixture.OpenAsync(Engine);
        _proxy = await FaultyProxy.StartAsync(_fixture.Registry.Host);
        _network = EngineNetwork.Open(TestEngines.Host(Engine), _proxy.Port);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await Repository.RunAsync("clean");
        await _network.DisposeAsync();
        await _proxy.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task A_build_whose_layers_do_not_come_leaves_no_name_behind_that_counts_as_built()
    {
        Write("cache_to: [type=inline]");
        Repository.Write("app/Dockerfile", "FROM local/busybox\nRUN : @ one; cat /proc/sys/kernel/random/uuid >/one\nRUN : @ two; cat /proc/sys/kernel/random/uuid >/two\n");
        var pushed = await Repository.RunAsync("push", "--build", "--version", "1.0.0");
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        var layers = await LayersAsync();
        await Repository.RunAsync("clean");
        await ForgetStepsAsync();
        Write($"cache_from: [{_proxy.Host}/{_fixture.Name("app")}:1.0.0]");
        await Repository.DockerAsync("tag", "local/busybox", "@-app");
        var before = await IdAsync();
        var refused = 0;
        _proxy.Fault = async context =>
        {
            var isLayer = layers.Any(digest => context.Request.Path.Value!.EndsWith(digest, StringComparison.Ordinal));
            if (isLayer)
            {
                Interlocked.Increment(ref refused);
                await FaultyProxy.Status(StatusCodes.Status404NotFound)(context);
            }

            return isLayer;
        };

        var cut = await Repository.RunAsync("build");
        var (names, after) = (await Repository.ImageNamesAsync(), await IdAsync());
        var plan = await Repository.RunAsync("plan");
        _proxy.Fault = _ => Task.FromResult(false);
        var again = await Repository.RunAsync("build");

        Assert.That(cut.ExitCode, Is.EqualTo(1), cut.ToString());
        Assert.That(refused, Is.Positive);
        Assert.That(names.Where(name => name.Contains("orchestrator.invalid/" + Repository.Prefix, StringComparison.Ordinal)), Is.Empty);
        Assert.That(after, Is.EqualTo(before), "a name moves only to what is whole");
        Assert.That(plan.Text, Does.Match(@"app\s+build\b").And.Not.Contain("ORC30"), plan.ToString());
        Assert.That(again.Built, Is.EqualTo(new[] { "app" }), again.ToString());
        Assert.That(await Repository.CatAsync("app", "/two"), Is.Not.Empty);
    }

    private Task<string> IdAsync() => Repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "@-app");

    private async Task<IReadOnlyList<string>> LayersAsync()
    {
        var top = await _fixture.ManifestAsync("app", "1.0.0");
        var image = top.IsIndex ? await _fixture.ManifestAsync("app", top.Manifests[0].Digest.ToString()) : top;
        return [.. image.Layers.Select(layer => layer.Digest.ToString())];
    }

    /// <summary>As if another engine had run them: what the engine still has it would not ask a registry for.</summary>
    private async Task ForgetStepsAsync()
    {
        for (var (attempt, steps) = (0, await StepsAsync()); steps.Count > 0; attempt++, steps = await StepsAsync())
        {
            Assert.That(attempt, Is.LessThan(10), "the builder does not forget");
            foreach (var step in steps)
            {
                await Repository.DockerAsync("builder", "prune", "--all", "--force", "--filter", "id=" + step);
            }
        }
    }

    private async Task<IReadOnlyList<string>> StepsAsync()
    {
        // It counts images as well, and fails when another test removes one meanwhile.
        string text;
        for (var attempt = 0; !(text = await Repository.DockerAsync("system", "df", "--verbose", "--format", "{{json .BuildCache}}")).StartsWith('['); attempt++)
        {
            Assert.That(attempt, Is.LessThan(10), text);
        }

        using var steps = JsonDocument.Parse(text);
        return [.. steps.RootElement.EnumerateArray()
            .Where(step => step.GetProperty("Description").GetString()!.Contains(Repository.Prefix, StringComparison.Ordinal))
            .Select(step => step.GetProperty("ID").GetString()!)];
    }

    private void Write(string key) =>
        Repository.Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\nimages:\n  @-app:\n    context: app\n    {key}\n");
}
