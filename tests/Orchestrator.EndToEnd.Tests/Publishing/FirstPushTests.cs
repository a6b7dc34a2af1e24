using System.Text;
using System.Text.Json;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>The first push to, and the first promotion into, repositories that their registry does not show before they are there.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class FirstPushTests(string engine)
{
    private PublishFixture _fixture = null!;
    private HidingRegistry _hiding = null!;
    private EngineNetwork _network = null!;
    private EngineNetwork _tokens = null!;

    [TearDown]
    public async Task CloseAsync()
    {
        await _tokens.DisposeAsync();
        await _network.DisposeAsync();
        await _hiding.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task A_repository_that_is_shown_only_to_whoever_may_write_it_before_it_is_there_is_pushed_to()
    {
        var repository = await OpenAsync(hidesFromWriters: false);

        var shown = await repository.RunAsync("push", "--dry-run", "--version", "1.0.0");
        var asked = string.Join(' ', _hiding.Tokens.Asked);
        var pushed = await repository.RunAsync("push", "--version", "1.0.0");
        var again = await repository.RunAsync("push", "--version", "1.0.0");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo another > /left\n");
        await repository.RunAsync("build");
        var taken = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Text, Does.Contain($"warning ORC4025: '{_hiding.Host}/acme/left' cannot be seen").And.Contain($"  create   {_hiding.Host}/acme/left:1.0.0"), shown.ToString());
        Assert.That(asked, Does.Not.Contain("push"), "a registry may make a repository of that");
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(pushed.Text, Does.Contain("3 images published: 3 pushed").And.Not.Contain("ORC4025"), pushed.ToString());
        Assert.That(again.Text, Does.Contain("3 images published: 0 pushed"), again.ToString());
        Assert.That(taken.Text, Does.Contain("error ORC4006"), taken.ToString());
    }

    /// <summary>Then the engine decides: one with the older store asks and pushes all the same, one with containerd's gives up as soon as it may not look.</summary>
    [Test]
    public async Task Whether_a_repository_that_is_hidden_from_everybody_can_be_pushed_to_is_left_to_the_engine()
    {
        var repository = await OpenAsync(hidesFromWriters: true);

        var pushed = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(
            pushed.Text, engine == "containerd" ? Does.Contain("error ORC4002: A registry refuses: The engine may not push") : Does.Contain("3 images published: 3 pushed"), pushed.ToString());
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_image_is_promoted_into_a_repository_that_is_not_shown_before_it_is_there(bool hidesFromWriters)
    {
        var repository = await OpenAsync(hidesFromWriters, publishesElsewhere: true);
        var (from, to) = ($"{_fixture.Registry.Host}/{_fixture.Name("left")}", $"{_hiding.Host}/stable/left");
        await repository.RunAsync("push", "--version", "1.0.0");

        var shown = await repository.RunAsync("promote", from + ":1.0.0", to + ":1.0.0", "--dry-run");
        var promoted = await repository.RunAsync("promote", from + ":1.0.0", to + ":1.0.0");
        var again = await repository.RunAsync("promote", from + ":1.0.0", to + ":1.0.0");

        Assert.That((shown.ExitCode, promoted.ExitCode), Is.EqualTo((0, 0)), $"{shown}{promoted}");
        Assert.That(shown.Text, Does.Contain($"warning ORC4025: '{to}' cannot be seen"), shown.ToString());
        Assert.That(promoted.Text, Does.Contain("1 tag: 1 written").Or.Contain("1 tags: 1 written"), promoted.ToString());
        Assert.That(again.Text, Does.Contain("1 unchanged"), again.ToString());
    }

    [Test]
    public async Task A_wrong_password_is_told_before_anything_is_sent_and_what_is_only_in_the_registry_is_not_said_to_be_nowhere()
    {
        var repository = await OpenAsync(hidesFromWriters: true);
        await repository.RunAsync("clean", "--all");
        LogIn("not this one");

        var wrong = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(wrong.Text, Does.Contain("error ORC4002").And.Not.Contain("ORC4001"), wrong.ToString());
        Assert.That(_hiding.Requests, Has.None.StartsWith("POST"));
    }

    private async Task<Repository> OpenAsync(bool hidesFromWriters, bool publishesElsewhere = false)
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        _hiding = await HidingRegistry.StartAsync(hidesFromWriters);
        var host = TestEngines.Host(engine);
        (_network, _tokens) = (EngineNetwork.Open(host, Port(_hiding.Host)), EngineNetwork.Open(host, Port(new Uri(_hiding.Tokens.Address).Authority)));
        LogIn(TestTokenServer.Password);
        var repository = _fixture.WriteServices("\"{version}\"");
        if (!publishesElsewhere)
        {
            repository.Write("images.yml", File.ReadAllText(Path.Join(repository.Root, "images.yml")).Replace(_fixture.Registry.Host, _hiding.Host, StringComparison.Ordinal));
        }

        var built = await repository.RunAsync("build");
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        return repository;
    }

    private void LogIn(string password)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestTokenServer.User}:{password}"));
        _fixture.Configure(JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [_hiding.Host] = new { auth } } }));
    }

    private static int Port(string host) => int.Parse(host.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
