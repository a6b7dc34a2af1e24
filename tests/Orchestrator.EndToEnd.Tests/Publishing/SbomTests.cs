using System.Text.Json;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// Lists of what is in an image. The one who writes them is an image itself; here it is made of busybox and does as BuildKit asks of such images
/// (https://github.com/moby/buildkit/blob/master/docs/attestations/sbom-protocol.md).
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class SbomTests(string engine)
{
    private const string Scan = """
        #!/bin/sh
        cat > "$BUILDKIT_SCAN_DESTINATION/list.spdx.json" <<EOF
        {
          "_type": "https://in-toto.io/Statement/v0.1",
          "predicateType": "https://spdx.dev/Document",
          "predicate": {
            "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "list", "documentNamespace": "https://example.org/list",
            "creationInfo": { "created": "2020-01-01T00:00:00Z", "creators": ["Tool: test-1"] },
            "comment": "found $(ls "$BUILDKIT_SCAN_SOURCE" | tr '\n' ' ')"
          }
        }
        EOF

        """;

    private PublishFixture _fixture = null!;

    private bool IsContainerd => engine == "containerd";

    [SetUp]
    public async Task OpenAsync() => _fixture = await PublishFixture.OpenAsync(engine);

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task It_is_written_by_an_image_of_the_graph_and_again_when_that_changes()
    {
        var repository = Write("  @-scanner: scanner\n", "generator=@-scanner");
        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        if (!IsContainerd)
        {
            Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
            Assert.That(pushed.Text, Does.Contain("images.yml(8,11): error ORC1047").And.Contain("'sbom'").And.Not.Contain("building"), pushed.ToString());
            return;
        }

        var again = await repository.RunAsync("build");
        repository.Write("scanner/scan", Scan.Replace("test-1", "test-2", StringComparison.Ordinal));
        var changed = await repository.RunAsync("push", "--build", "--version", "1.0.1");

        Assert.That((pushed.ExitCode, changed.ExitCode), Is.EqualTo((0, 0)), $"{pushed}{changed}");
        Assert.That(again.Text, Does.Contain("2 images: 2 up-to-date"), again.ToString());
        Assert.That(changed.Built, Is.EqualTo(new[] { "app", "scanner" }), changed.ToString());
        Assert.That(await ListAsync("1.0.0"), Is.EqualTo(("app-file", "Tool: test-1")));
        Assert.That(await ListAsync("1.0.1"), Is.EqualTo(("app-file", "Tool: test-2")));
    }

    [Test]
    public async Task It_is_written_by_an_image_from_outside_which_is_held_as_it_was_planned_with()
    {
        if (!IsContainerd)
        {
            Assert.Ignore("the other store refuses it, which has a test of its own");
        }

        var scanner = await Write("  @-scanner: scanner\n", "false").RunAsync("build");
        var repository = Write("", "generator=@-scanner:latest");

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var again = await repository.RunAsync("build");

        Assert.That(scanner.ExitCode, Is.Zero, scanner.ToString());
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(again.Text, Does.Contain("1 images: 1 up-to-date"), again.ToString());
        Assert.That(await ListAsync("1.0.0"), Is.EqualTo(("app-file", "Tool: test-1")));
    }

    /// <summary>The file of the application that the list knows, and who wrote it.</summary>
    private async Task<(string File, string Author)> ListAsync(string tag)
    {
        var statement = (await Statements.OfAsync(_fixture.Registry.Host, _fixture.Name("app"), tag)).Single();
        using var document = JsonDocument.Parse(statement);
        var predicate = document.RootElement.GetProperty("predicate");
        return (predicate.GetProperty("comment").GetString()!.Split(' ').First(name => name.StartsWith("app-", StringComparison.Ordinal)),
            predicate.GetProperty("creationInfo").GetProperty("creators").EnumerateArray().Select(creator => creator.GetString()!).First(creator => creator.Contains("test-", StringComparison.Ordinal)));
    }

    private Repository Write(string scanner, string sbom) => _fixture.Repository
        .Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\nimages:\n{scanner}  @-app:\n    context: app\n    sbom: {sbom}\n")
        .Write("app/Dockerfile", "FROM local/busybox\nCOPY app-file /\n").Write("app/app-file", "1")
        .Write("scanner/Dockerfile", "FROM local/busybox\nCOPY --chmod=755 scan /scan\nENTRYPOINT [\"/scan\"]\n").Write("scanner/scan", Scan);
}
