using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Planning;

/// <summary>Names with and without the graph's registry.</summary>
internal sealed class PrefixedNamesTests : GraphFixture
{
    [TestCase("base", "base", "base")]
    [TestCase("base", "ghcr.io/acme/base", "base")]
    [TestCase("ghcr.io/acme/base", "base", "base")]
    [TestCase("ghcr.io/acme/base", "ghcr.io/acme/base", "base")]
    [TestCase("ghcr.io/acme/base:3", "base:3", "base")]
    [TestCase("ghcr.io/acme/base:3", "base", "")]
    [TestCase("ghcr.io/other/base", "base", "")]
    [TestCase("ghcr.io/acme/web", "web", "")]
    public void A_reference_is_the_image_with_or_without_the_registry(string image, string from, string bases)
    {
        Write("base/Dockerfile");
        Write("web/Dockerfile", $"FROM {from}\n");
        var images = image.EndsWith("/web", StringComparison.Ordinal) ? $"  web: {{ context: web, image: {image} }}\n" : $"  base: {{ context: base, image: '{image}' }}\n  web: web\n";
        var graph = Valid("registry: ghcr.io/acme\nimages:\n" + images);

        var resolved = LoadedGraph.Load(graph, "linux/amd64", new DiagnosticBag())!.Graph;

        Assert.That(string.Join(' ', resolved.Images.Single(found => found.Node.Name == "web").Edges.Select(edge => edge.To)), Is.EqualTo(bases));
    }

    /// <summary>Otherwise Compose would start whatever image has that name from earlier.</summary>
    [Test]
    public void What_a_service_runs_under_its_name_in_the_registry_gets_that_name_too()
    {
        Write("api/Dockerfile");
        Write("web/Dockerfile");
        Write("compose.yaml", "services:\n  api: { image: ghcr.io/acme/api }\n  old: { image: 'ghcr.io/acme/api:1' }\n  web: { image: nginx }\n");
        var graph = Valid("registry: ghcr.io/acme\ncompose: compose.yaml\nimages:\n  api: api\n  web: { context: web, image: ghcr.io/acme/nginx }\n");

        Assert.That(graph.Images.Select(Names), Is.EqualTo(new[] { "api ghcr.io/acme/api", "ghcr.io/acme/nginx" }));
        Assert.That(graph.Images[0].Publications, Has.Count.EqualTo(1));
        Assert.That(graph.Services.Select(service => service.Image.Value.Familiar), Is.EqualTo(new[] { "ghcr.io/acme/api:1", "nginx" }));
    }

    private static string Names(ImageNode image) => string.Join(' ', image.LocalNames.Select(name => name.Value.Familiar));
}
