using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Permissions of files: those of any clone, or with <c>context_modes: keep</c> those that they have.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class ContextModeTests(string engine)
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task A_permission_that_is_kept_is_in_the_image_and_a_change_of_it_builds()
    {
        Write("").SetMode("app/f", Everybody);
        await _repository.RunAsync("build");
        var usual = await ModesAsync();
        var kept = await Write("    context_modes: keep\n").RunAsync("build");
        var asTheyAre = await ModesAsync();
        var again = await _repository.RunAsync("build");
        // Neither its size nor its time is another one, and the daemon has a copy of it.
        _repository.SetMode("app/f", Everybody & ~UnixFileMode.GroupWrite);
        var changed = await _repository.RunAsync("build");

        Assert.That(usual, Is.EqualTo("644\n644"));
        Assert.That(kept.Built, Is.EqualTo(new[] { "app" }), kept.ToString());
        Assert.That(asTheyAre, Is.EqualTo("666\n644"));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That(changed.Built, Is.EqualTo(new[] { "app" }), changed.ToString());
        Assert.That(await ModesAsync(), Is.EqualTo("646\n644"));
    }

    private Task<string> ModesAsync() => _repository.DockerAsync("run", "--rm", "@-app", "stat", "-c", "%a", "/f", "/g");

    private Repository Write(string key)
    {
        if (!File.Exists(Path.Join(_repository.Root, "app/f")))
        {
            _repository.Write("app/f", "1").Write("app/g", "1").Write("app/Dockerfile", "FROM local/busybox\nCOPY f g /\n");
            _repository.SetMode("app/g", Everybody & ~(UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        }

        return _repository.Write("images.yml", $"name: @\nimages:\n  @-app:\n    context: app\n{key}");
    }
}
