using Orchestrator.Building;
using Orchestrator.Docker;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.State;
using Orchestrator.Testing;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>Which builds of an image make room for newer ones.</summary>
internal sealed class SupersededImagesTests
{
    /// <summary>With <c>SOURCE_DATE_EPOCH</c> all builds are of one time, and the engine lists them in any order.</summary>
    [Test]
    public async Task Of_builds_that_have_one_time_those_go_that_were_built_first([Values] bool isReversed, [Values] bool isForeseen)
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "FROM scratch\nENV A=1\n");
        var built = repository.Planned();
        var store = new ExplanationStore(new GraphState(repository.PathOf("state"), "images.yml"));
        string[] keys = [new('1', 64), new('3', 64), new('2', 64)];
        foreach (var (index, key) in keys.Index())
        {
            store.Save(built.Name, new CacheKey(key), KeyExplanation.Of(built.Inputs!));
            File.SetLastWriteTimeUtc(Directory.EnumerateFiles(repository.PathOf("state"), key, SearchOption.AllDirectories).Single(), DateTime.UnixEpoch.AddDays(index));
        }

        var graph = repository.ResolvedGraph();
        var tags = keys.Append(built.Key!.Value.Hex).Select(key => $"{KeyTag.Repository(graph.Graph, built.Image.Node)}:key-{key}").ToList();
        // Before the build, its own key tag is not there.
        var rows = tags.SkipLast(isForeseen ? 1 : 0).Select((tag, index) => $$"""{"Id":"sha256:{{index}}","RepoTags":["{{tag}}"],"Created":1}""");
        var listing = $"[{string.Join(',', isReversed ? rows.Reverse() : rows)}]";
        await using var scripted = new ScriptedEngine(request => (200, request.StartsWith("GET /images/json", StringComparison.Ordinal) ? listing : "[]"));
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri(scripted.Host), "a test", null));

        var superseded = new SupersededImages(engine, store, new RecordedReports(), graph.Graph);
        if (isForeseen)
        {
            superseded.Begin([built], CancellationToken.None);
        }

        await superseded.DropAsync([built], keep: 2, CancellationToken.None);

        Assert.That(scripted.Requests.Where(request => request.StartsWith("DELETE ", StringComparison.Ordinal)).Select(request => request.Split('?')[0]),
            Is.EquivalentTo(tags.Take(2).Select(tag => "DELETE /images/" + tag)));
        Assert.That(scripted.Requests.Count(request => request.StartsWith("GET /images/json", StringComparison.Ordinal)), Is.EqualTo(1));
    }
}
