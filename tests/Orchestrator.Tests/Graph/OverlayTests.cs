using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Graph;

/// <summary><c>overlay:</c>, and sources that leave a context.</summary>
internal sealed class OverlayTests : GraphFixture
{
    [Test]
    public void Places_are_clean_and_sources_absolute()
    {
        Write("shared/lib.py");
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), "shared");
        var build = Image("overlay: { ./shared/: shared, etc/lib.py: shared/lib.py, linked: link }").Build;
        Assert.That(build.Overlay.Select(overlay => $"{overlay.Key}={overlay.Value}"), Is.EqualTo(new[] { $"etc/lib.py={Root}/shared/lib.py", $"linked={Root}/shared", $"shared={Root}/shared" }));
    }

    [Test]
    public void Images_that_differ_in_their_overlay_are_different_builds()
    {
        Write("api/Dockerfile");
        Write("a/x");
        Assert.That(Valid("images:\n  one: api\n  two: { context: api, overlay: { x: a } }\n").Images, Has.Count.EqualTo(2));
    }

    [TestCase("overlay: { shared: gone }", "ORC1044(4,24) 'ROOT/gone', which is laid over the context, does not exist.")]
    [TestCase("overlay: { ../x: api }", "ORC1024(4,22) '../x' is not valid for 'overlay': the place must lie inside the context, such as shared.")]
    [TestCase("overlay: { .: api }", "ORC1024(4,19) '.' is not valid for 'overlay': the place must lie inside the context, such as shared.")]
    [TestCase("overlay: { /x: api }", "ORC1024(4,20) '/x' is not valid for 'overlay': the place must lie inside the context, such as shared.")]
    [TestCase("overlay: { x: api, x/y: api }", "ORC1024(4,29) 'x/y' is not valid for 'overlay': 'x' lies over the same place.")]
    [TestCase("overlay: shared", "ORC1023(4,14) 'overlay' must be a mapping or a list, but this is a text.")]
    public void Each_mistake_has_one_finding_at_its_place(string lines, string finding) =>
        Assert.That(FindingsOfImage(lines), Is.EqualTo(new[] { finding }));

    [Test]
    public void A_source_that_leaves_the_context_is_an_error_that_names_three_ways_out()
    {
        Write("shared/lib/a");
        Write("services/api/Dockerfile", "FROM scratch\nARG WHAT=../shared\nCOPY ${WHAT}/lib/ ./lib/\n");
        Assert.That(Escapes("images:\n  api: services/api\n"), Is.EqualTo(new[]
        {
            "ORC2045(3,6) '../shared/lib/' leaves the build context 'ROOT/services/api', which no build can: BuildKit looks for 'shared/lib' inside, and there is none. "
            + "What is meant is probably 'shared/lib'. Three ways out:\n"
            + "  1. leave the Dockerfile as it is, and write in images.yml under 'images:'  api: { overlay: { shared: shared } }\n"
            + "  2. build in a larger context, 'context: .' with 'dockerfile: services/api/Dockerfile', and write the sources of COPY and ADD relative to it\n"
            + "  3. name the directory, 'additional_contexts: { shared: shared }', and write 'COPY --from=shared …'",
        }));
    }

    [TestCase("COPY ../shared /x", "")]
    [TestCase("COPY ../gone /x", "ORC2046")]
    [TestCase("COPY ./a/../../gone /x", "ORC2046")]
    [TestCase("COPY gone /x", "")]
    [TestCase("COPY ../g* /x", "")]
    [TestCase("COPY ../own/f /x", "")]
    [TestCase("RUN --mount=type=bind,source=../gone,target=/x true", "ORC2046")]
    public void Only_what_can_only_fail_is_an_error(string instruction, string code)
    {
        Write("shared/lib/a");
        Write("services/api/own/f");
        Write("services/api/Dockerfile", $"FROM scratch\n{instruction}\n");
        Assert.That(string.Join(' ', Escapes("images:\n  api: { context: services/api, overlay: { shared: shared } }\n").Select(text => text[..7])), Is.EqualTo(code));
    }

    private List<string> Escapes(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = LoadedGraph.Load(Valid(yaml), "linux/amd64", diagnostics);
        Assert.That(loaded is null, Is.EqualTo(diagnostics.HasErrors));
        return [.. diagnostics.Items.Select(item => $"{item.Code}({item.Span.Line},{item.Span.Column}) {item.Message}".Replace(Root, "ROOT", StringComparison.Ordinal))];
    }
}
