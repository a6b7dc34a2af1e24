using Orchestrator.Oracle.Tests.Frontend;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>Our reading of Dockerfiles, held against that of the frontend inside the engine: stages, arguments, secrets.</summary>
[Category("Engine")]
internal sealed class FrontendAgreementTests
{
    private Bench _bench = null!;

    private static IEnumerable<TestCaseData> Cases => FrontendCase.Recorded().Select(folder => new TestCaseData(folder).SetArgDisplayNames(Path.GetFileName(folder)));

    [OneTimeSetUp]
    public async Task OpenAsync() => _bench = await Bench.OpenAsync(TestEngines.First, default);

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_bench is not null)
        {
            await _bench.DisposeAsync();
        }
    }

    [TestCaseSource(nameof(Cases)), CancelAfter(60_000)]
    public async Task Stages_arguments_and_secrets_are_those_of_BuildKit(string folder, CancellationToken cancellationToken)
    {
        var ours = new FrontendCase(folder);
        if (ours.Obstacle is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        await ours.ProvideAsync(_bench, cancellationToken);
        FrontendAnswer theirs;
        try
        {
            theirs = await ours.AskAsync(_bench, cancellationToken);
        }
        catch (InvalidOperationException refusal)
        {
            Assert.That(ours.Closure, Is.Null, $"BuildKit refuses what we accept: {refusal.Message}");
            Assert.That(refusal.Message, Does.Not.Contain("failed to resolve source metadata"), "BuildKit refuses for the lack of an image, not for what we refuse.");
            return;
        }
        finally
        {
            await ours.DropAsync(_bench, cancellationToken);
        }

        Assert.That(ours.Closure, Is.Not.Null, $"BuildKit accepts what we refuse: {ours.Errors}");
        var closure = ours.Closure!;
        var stages = ours.Document!.Stages;
        Assert.Multiple(() =>
        {
            Assert.That(stages.Select(stage => stage.Name ?? ""), Is.EqualTo(theirs.Targets.Select(target => target.Name ?? "")));
            Assert.That(stages.Select(stage => stage.BaseName), Is.EqualTo(theirs.Targets.Select(target => target.Base)));
            Assert.That(Arguments(new OutlinedArguments(ours.Document, closure, ours.Inputs).List()), Is.EqualTo(Arguments(theirs.Arguments)));
            Assert.That(Ids(closure.Mounts.Where(mount => mount.Type == "secret").Select(mount => mount.Id ?? Path.GetFileName(mount.Target))), Is.EqualTo(Ids(theirs.Secrets)));
            Assert.That(Ids(closure.Mounts.Where(mount => mount.Type == "ssh").Select(mount => mount.Id ?? "default")), Is.EqualTo(Ids(theirs.Ssh)));
        });
    }

    private static IEnumerable<string> Arguments(IEnumerable<(string Name, string? Value)> arguments) => arguments.Select(argument => $"{argument.Name}={argument.Value}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Ids(IEnumerable<string> ids) => ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
