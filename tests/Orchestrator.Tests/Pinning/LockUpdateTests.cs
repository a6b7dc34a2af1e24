using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Pinning;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Pinning;

/// <summary>What a lock becomes when the graph or the registries changed.</summary>
internal sealed class LockUpdateTests
{
    private const string Amd = "linux/amd64";
    private const string Arm = "linux/arm64";

    private readonly Dictionary<string, PinAnswer> _answers = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private DiagnosticBag _diagnostics = new();

    [SetUp]
    public void Clear()
    {
        _answers.Clear();
        _asked.Clear();
        _diagnostics = new DiagnosticBag();
    }

    [Test]
    public async Task Only_what_is_missing_is_asked_for_and_what_nothing_uses_goes()
    {
        _answers["b"] = new PinAnswer(Image("b", 'b'), "");

        var (pins, changes) = await RunAsync([Image("a", 'a'), Image("old", '0')], ["a", "b"]);

        Assert.That(_asked, Is.EqualTo(new[] { "b" }));
        Assert.That(pins, Is.EqualTo(new[] { Image("a", 'a'), Image("b", 'b') }));
        Assert.That(changes, Is.EqualTo(new[] { "locked b sha256:bbbbbbbbbbbb", "dropped old sha256:000000000000, which nothing in this graph uses" }));
    }

    [Test]
    public async Task An_update_shows_what_moved_and_only_that()
    {
        _answers["a"] = new PinAnswer(Image("a", '1'), "");
        _answers["b"] = new PinAnswer(Image("b", 'b'), "");

        var (pins, changes) = await RunAsync([Image("a", 'a'), Image("b", 'b'), Image("c", 'c')], ["a", "b", "c"], "a", "b");

        Assert.That(_asked, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(pins, Is.EqualTo(new[] { Image("a", '1'), Image("b", 'b'), Image("c", 'c') }));
        Assert.That(changes, Is.EqualTo(new[] { "moved a sha256:aaaaaaaaaaaa -> sha256:111111111111" }));
    }

    [Test]
    public async Task Content_of_another_platform_stays_and_a_registry_ends_all_of_it()
    {
        _answers["a"] = new PinAnswer(Content("a", Amd, 'a'), ", only here");
        _answers["b"] = new PinAnswer(Image("b", 'b'), "");

        var (pins, changes) = await RunAsync([Content("a", Arm, '1'), Content("b", Arm, '2')], ["a", "b"]);

        Assert.That(pins, Is.EqualTo(new[] { Content("a", Arm, '1'), Content("a", Amd, 'a'), Image("b", 'b') }));
        Assert.That(changes, Is.EqualTo(new[] { "locked a sha256:aaaaaaaaaaaa, only here", "locked b sha256:bbbbbbbbbbbb" }));
    }

    [Test]
    public async Task An_image_for_several_platforms_has_the_content_of_each_or_one_digest_of_a_registry()
    {
        ExternalUse[] uses = [Use("a"), Use("a") with { Platform = Arm }, Use("b"), Use("b") with { Platform = Arm }];
        _answers["a"] = new PinAnswer(Content("a", Amd, 'a'), "");
        _answers["a " + Arm] = new PinAnswer(Content("a", Arm, '1'), "");
        _answers["b"] = new PinAnswer(Image("b", 'b'), "");

        var (pins, changes) = await LockAsync([Content("a", Amd, 'a')], uses, _ => false);

        Assert.That(_asked, Is.EqualTo(new[] { "a", "b", "b" }));
        Assert.That(pins, Is.EqualTo(new[] { Content("a", Amd, 'a'), Content("a", Arm, '1'), Image("b", 'b') }));
        Assert.That(changes.Select(change => $"{change}"), Is.EqualTo(new[] { "locked a sha256:111111111111", "locked b sha256:bbbbbbbbbbbb" }));
        Assert.That(LockedReferences.Missing(uses, new LockFile("/images.lock", [new Located<Pin>(Content("a", Amd, 'a'), SourceSpan.None), new Located<Pin>(Image("b", 'b'), SourceSpan.None)], [], exists: true), Amd), Is.EqualTo(new[] { uses[1] }));
    }

    [Test]
    public async Task One_environment_of_a_graph_leaves_what_others_use()
    {
        var locked = new LockFile("/images.lock", [new Located<Pin>(Image("other", '0'), SourceSpan.None)], [], exists: true);

        var (pins, changes) = await new LockUpdate(Answer, Amd, _diagnostics) { KeepsUnused = true }.RunAsync(locked, [], _ => false, CancellationToken.None);

        Assert.That((pins.Single(), changes.Count), Is.EqualTo((Image("other", '0'), 0)));
    }

    [Test]
    public async Task What_cannot_be_found_out_keeps_its_pin_and_is_an_error()
    {
        _answers["a"] = new PinAnswer(null, "its registry says 'gone'");

        var (pins, changes) = await RunAsync([Image("a", 'a')], ["a"], "a");

        Assert.That((pins.Single(), changes), Is.EqualTo((Image("a", 'a'), Array.Empty<string>())));
        Assert.That(_diagnostics.Items.Select(item => item.ToString()), Is.EqualTo(new[] { "Dockerfile(1,6): error ORC4077: 'a' cannot be locked: its registry says 'gone'." }));
    }

    [Test]
    public async Task What_a_registry_had_does_not_become_the_content_of_one_platform_because_the_registry_cannot_be_asked()
    {
        _answers["a"] = new PinAnswer(Content("a", Amd, '1'), ", the content on this engine, for linux/amd64 only: its registry says 'toomanyrequests'");

        var (pins, changes) = await RunAsync([Image("a", 'a')], ["a"], "a");

        Assert.That((pins.Single(), changes), Is.EqualTo((Image("a", 'a'), Array.Empty<string>())));
        Assert.That(_diagnostics.Items.Select(item => item.ToString()), Is.EqualTo(new[]
        {
            "Dockerfile(1,6): error ORC4077: 'a' cannot be locked: it stays what a registry had, and does not become the content on this engine, for linux/amd64 only: its registry says 'toomanyrequests'; who wants that takes its line out of the lock file.",
        }));
    }

    [Test]
    public async Task A_frontend_is_not_pinned_to_content_that_the_builder_could_not_hold()
    {
        _answers["a"] = new PinAnswer(Content("a", Amd, 'a'), ", only here");

        var (pins, _) = await LockAsync([], [Use("a") with { IsFrontend = true }], _ => false);

        Assert.That((pins.Count, _diagnostics.Items.Single().Code), Is.EqualTo((0, "ORC4077")));
    }

    private async Task<(IReadOnlyList<Pin> Pins, IReadOnlyList<string> Changes)> RunAsync(IReadOnlyList<Pin> pins, IReadOnlyList<string> used, params string[] updated)
    {
        var (after, changes) = await LockAsync(pins, [.. used.Select(Use)], source => updated.Contains(source.Familiar));
        return (after, [.. changes.Select(change => change.ToString())]);
    }

    private Task<(IReadOnlyList<Pin> Pins, IReadOnlyList<LockChange> Changes)> LockAsync(IReadOnlyList<Pin> pins, IReadOnlyList<ExternalUse> uses, Func<ImageReference, bool> isUpdated)
    {
        var locked = new LockFile("/images.lock", [.. pins.Select(pin => new Located<Pin>(pin, SourceSpan.None))], [], exists: true);
        return new LockUpdate(Answer, Amd, _diagnostics).RunAsync(locked, uses, isUpdated, CancellationToken.None);
    }

    private Task<PinAnswer> Answer(ImageReference source, string platform, CancellationToken cancellationToken)
    {
        _asked.Add(source.Familiar);
        return Task.FromResult(_answers.GetValueOrDefault($"{source.Familiar} {platform}") ?? _answers[source.Familiar]);
    }

    private static ExternalUse Use(string name) => new(name, ImageReference.Parse(name), new SourceSpan("Dockerfile", 1, 6));

    private static Pin Image(string name, char digit) => new(ImageReference.Parse(name), null, "sha256:" + new string(digit, 64));

    private static Pin Content(string name, string platform, char digit) => Image(name, digit) with { Platform = platform };
}
