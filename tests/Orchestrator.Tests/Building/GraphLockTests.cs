using Orchestrator.Building;

namespace Orchestrator.Tests.Building;

/// <summary>Who waits for whom, and what happens where there can be no lock.</summary>
internal sealed class GraphLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private DirectoryInfo _state = null!;

    [SetUp]
    public void Open() => _state = Directory.CreateTempSubdirectory("orchestrator-locks-");

    [TearDown]
    public void Close() => _state.Delete(recursive: true);

    [Test]
    public async Task A_second_run_waits_for_the_first_and_knows_it()
    {
        var reports = new RecordedReports();
        var first = await TakeAsync("graph", "engine");

        var second = TakeAsync("graph", "engine", reports);
        var holder = await reports.WaitsFor.WaitAsync(Patience);
        var hadTaken = second.IsCompleted;
        first.Dispose();
        using var taken = await second.WaitAsync(Patience);

        Assert.That(holder, Is.EqualTo($"process {Environment.ProcessId}"));
        Assert.That(hadTaken, Is.False);
        Assert.That((first.HasWaited, taken.HasWaited), Is.EqualTo((false, true)));
        Assert.That(reports.Diagnostics, Is.Empty);
    }

    [TestCase("other", "engine")]
    [TestCase("graph", "other")]
    public async Task Other_graphs_and_other_engines_wait_for_nobody(string graph, string engine)
    {
        using var first = await TakeAsync("graph", "engine");
        using var second = await TakeAsync(graph, engine).WaitAsync(Patience);

        Assert.That(second.HasWaited, Is.False);
    }

    [Test]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var reports = new RecordedReports();
        using var first = await TakeAsync("graph", "engine");

        var second = GraphLock.TakeAsync(_state.FullName, "graph", "engine", reports, TimeProvider.System, cancel.Token);
        await reports.WaitsFor.WaitAsync(Patience);
        await cancel.CancelAsync();

        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancel.Token));
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_is_a_warning_and_holds_nobody_up()
    {
        await File.WriteAllTextAsync(Path.Join(_state.FullName, "locks"), "a file where the folder should be");

        await HasNoLockAsync();
    }

    [Test]
    public async Task A_lock_file_that_cannot_be_opened_is_a_warning_and_holds_nobody_up()
    {
        (await TakeAsync("graph", "engine")).Dispose();
        var file = _state.EnumerateFiles("*.lock", SearchOption.AllDirectories).Single();
        file.Delete();
        Directory.CreateDirectory(file.FullName);

        await HasNoLockAsync();
    }

    [Test]
    [Platform("Linux")]
    public async Task A_full_disk_takes_the_holders_name_and_not_the_lock()
    {
        (await TakeAsync("graph", "engine")).Dispose();
        var note = _state.EnumerateFiles("*.holder", SearchOption.AllDirectories).Single();
        note.Delete();
        File.CreateSymbolicLink(note.FullName, "/dev/full");
        var (first, second) = (new RecordedReports(), new RecordedReports());

        using (await TakeAsync("graph", "engine", first))
        {
            note.Delete();
            _ = TakeAsync("graph", "engine", second).ContinueWith(taken => taken.Result.Dispose(), TaskScheduler.Default);

            Assert.That(await second.WaitsFor.WaitAsync(Patience), Is.EqualTo("another process"));
        }

        Assert.That(first.Diagnostics, Is.Empty);
    }

    private async Task HasNoLockAsync()
    {
        var reports = new RecordedReports();
        using var first = await TakeAsync("graph", "engine").WaitAsync(Patience);
        using var second = await TakeAsync("graph", "engine", reports).WaitAsync(Patience);

        Assert.That(reports.Diagnostics.Select(item => item.Code), Is.EqualTo(new[] { "ORC0109" }));
        Assert.That(reports.Diagnostics[0].Message, Does.Contain(_state.FullName));
        Assert.That(reports.WaitsFor.IsCompleted, Is.False);
    }

    private Task<GraphLock> TakeAsync(string graph, string engine, RecordedReports? reports = null) =>
        GraphLock.TakeAsync(_state.FullName, graph, engine, reports ?? new RecordedReports(), TimeProvider.System, CancellationToken.None);
}
