using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Locking;
using Orchestrator.Pinning;

namespace Orchestrator.Tests.Pinning;

/// <summary>What the pins of files and repositories become when the graph or the network changed.</summary>
internal sealed class RemoteUpdateTests
{
    private const string File = "https://host/file";
    private const string Repository = "https://host/r.git#main";

    private readonly Dictionary<string, RemoteAnswer> _answers = new(StringComparer.Ordinal);
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
        _answers[Repository] = new RemoteAnswer(Commit('c'));

        var (pins, changes) = await RunAsync([Pin(File, Digest('a')), Pin("https://host/old", Digest('0'))], [Use(File), Use(Repository)]);

        Assert.That(_asked, Is.EqualTo(new[] { Repository }));
        Assert.That(pins, Is.EqualTo(new[] { Pin(File, Digest('a')), Pin(Repository, Commit('c')) }));
        Assert.That(changes, Is.EqualTo(new[] { "locked https://host/r.git#main cccccccccccc", "dropped https://host/old sha256:000000000000, which nothing in this graph uses" }));
    }

    [Test]
    public async Task An_update_shows_what_moved_and_only_that()
    {
        _answers[File] = new RemoteAnswer(Digest('1'));
        _answers[Repository] = new RemoteAnswer(Commit('c'));

        var (pins, changes) = await RunAsync([Pin(File, Digest('a')), Pin(Repository, Commit('c'))], [Use(File), Use(Repository)], File, Repository);

        Assert.That(pins, Is.EqualTo(new[] { Pin(File, Digest('1')), Pin(Repository, Commit('c')) }));
        Assert.That(changes, Is.EqualTo(new[] { "moved https://host/file sha256:aaaaaaaaaaaa -> sha256:111111111111" }));
    }

    [Test]
    public async Task What_cannot_be_found_out_keeps_its_pin_and_is_an_error()
    {
        _answers[File] = new RemoteAnswer(null, "its server answers 404 Not Found");

        var (pins, changes) = await RunAsync([Pin(File, Digest('a'))], [Use(File)], File);

        Assert.That((pins.Single(), changes), Is.EqualTo((Pin(File, Digest('a')), Array.Empty<string>())));
        Assert.That(_diagnostics.Items.Select(item => item.ToString()), Is.EqualTo(new[] { "Dockerfile(2,5): error ORC4077: 'https://host/file' cannot be locked: its server answers 404 Not Found." }));
    }

    [Test]
    public async Task An_address_that_is_not_known_for_sure_is_not_asked_for()
    {
        var (pins, _) = await RunAsync([], [Use(File) with { IsCertain = false }]);

        Assert.That((pins.Count, _asked.Count, _diagnostics.Items.Single().Code), Is.EqualTo((0, 0, "ORC4077")));
    }

    [Test]
    public async Task One_environment_of_a_graph_leaves_what_others_use()
    {
        var (pins, changes) = await new RemoteUpdate(Answer, _diagnostics) { KeepsUnused = true }.RunAsync(Locked([Pin(File, Digest('a'))]), [], _ => false, CancellationToken.None);

        Assert.That((pins.Single(), changes.Count), Is.EqualTo((Pin(File, Digest('a')), 0)));
    }

    private async Task<(IReadOnlyList<RemotePin> Pins, IReadOnlyList<string> Changes)> RunAsync(IReadOnlyList<RemotePin> pins, IReadOnlyList<RemoteUse> used, params string[] updated)
    {
        var (after, changes) = await new RemoteUpdate(Answer, _diagnostics).RunAsync(Locked(pins), used, source => updated.Contains($"{source}"), CancellationToken.None);
        return (after, [.. changes.Select(change => change.ToString())]);
    }

    private Task<RemoteAnswer> Answer(RemoteAddress address, CancellationToken cancellationToken)
    {
        _asked.Add($"{address.Source}");
        return Task.FromResult(_answers[$"{address.Source}"]);
    }

    private static LockFile Locked(IReadOnlyList<RemotePin> pins) => new("/images.lock", [], [.. pins.Select(pin => new Located<RemotePin>(pin, SourceSpan.None))], exists: true);

    private static RemoteUse Use(string url) => new(new Located<string>(url, new SourceSpan("Dockerfile", 2, 5)), RemoteUse.Classify(url)!.Value, null, null!);

    private static RemotePin Pin(string url, string digest) => new(Use(url).Source, digest);

    private static string Digest(char digit) => "sha256:" + new string(digit, 64);

    private static string Commit(char digit) => new(digit, 40);
}
