using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

/// <summary>Compose projects as graphs: alone, and under images.yml.</summary>
internal sealed class ComposeGraphTests : GraphFixture
{
    [Test]
    public void A_compose_file_alone_is_a_graph()
    {
        Write("api/Dockerfile");
        Write("Web/Dockerfile");
        var graph = Project("name: shop\nservices:\n  api: { build: api, image: acme/api }\n  web: { build: ./Web }\n  db: { image: postgres:15 }\n  cache: { image: acme/api }\n");

        Assert.That((graph.Name, graph.IsNamed), Is.EqualTo(("shop", true)));
        Assert.That(graph.Images.Select(Names), Is.EqualTo(new[] { "api: acme/api", "web: shop-web" }));
        Assert.That(graph.Images[1].Build.Context.Value, Is.EqualTo(Path.Combine(Root, "Web")));
        Assert.That((graph.Images[1].Span.Line, graph.Images[1].Span.Column), Is.EqualTo((4, 3)));
        Assert.That(graph.Services.Select(service => $"{service.Name}: {service.Image.Value.Familiar} at {service.Image.Span.Line}"), Is.EqualTo(new[] { "db: postgres:15 at 5" }));
    }

    [Test]
    public void Services_with_one_build_are_one_image_with_all_names()
    {
        Write("Dockerfile");
        var (graph, diagnostics) = ReadFile(Write("docker-compose.yml", """
            version: "3"
            name: kids
            services:
              api: { build: ., command: serve }
              worker: { build: { context: ., dockerfile: Dockerfile } }
              beat: { build: ./ }
            """));

        Assert.That(graph!.Images.Select(Names), Is.EqualTo(new[] { "api: kids-api kids-worker kids-beat" }));
        Assert.That(graph.Images[0].Aliases, Is.EqualTo(new[] { "worker", "beat" }));
        Assert.That(diagnostics.Select(Text), Is.EqualTo(new[]
        {
            "Warning ORC1070(1,1) 'version' is obsolete: Compose ignores it.",
            "Message ORC1085(4,3) api, worker, beat have the same build: it is built once, as 'api', and gets the names kids-api, kids-worker, kids-beat.",
        }));
    }

    [Test]
    public void Services_may_share_one_image_name_when_their_builds_are_equal()
    {
        Write("Dockerfile");
        var graph = Project("services:\n  api: { build: ., image: kids:latest }\n  worker: { build: ., image: kids }\n");
        Assert.That(graph.Images.Select(Names), Is.EqualTo(new[] { "api: kids" }));
    }

    [Test]
    public void Different_builds_that_claim_one_tag_are_an_error_with_both_places()
    {
        Write("Dockerfile");
        var (graph, diagnostics) = ReadFile(Write("compose.yaml", "services:\n  api: { build: ., image: kids }\n  worker: { build: { context: ., target: w }, image: kids:latest }\n"));
        Assert.That(graph, Is.Null);
        Assert.That(diagnostics.Select(Text), Is.EqualTo(new[]
        {
            "Error ORC1033(3,54) 'worker' and 'api' are different builds, but both claim the local name 'kids'; 'api' claims it at ROOT/compose.yaml(2,27).",
        }));
    }

    [Test]
    public void Services_of_inactive_profiles_are_not_built_unless_images_yml_names_them()
    {
        Write("Dockerfile");
        Write("docker-compose.yml", "name: p\nservices:\n  api: { build: . }\n  debug: { build: { context: ., target: debug }, profiles: [debug] }\n  load: { build: { context: ., target: load }, profiles: [load] }\n");
        var graph = Valid("compose: docker-compose.yml\nimages:\n  load: { labels: { a: b } }\n");
        Assert.That(graph.Images.Select(Names), Is.EqualTo(new[] { "load: p-load", "api: p-api" }));

        Environment["COMPOSE_PROFILES"] = "debug";
        Assert.That(Valid("compose: docker-compose.yml\n").Images.Select(image => image.Name), Is.EqualTo(new[] { "api", "debug" }));
    }

    [TestCase("docker-compose.yml", "api debug")]
    [TestCase("images.yml", "load api debug")]
    public void A_service_that_is_asked_for_by_name_needs_no_active_profile(string file, string expected)
    {
        Write("Dockerfile");
        Write("docker-compose.yml", "services:\n  api: { build: . }\n  debug: { build: { context: ., target: debug }, profiles: [tools] }\n  load: { build: { context: ., target: load }, profiles: [tools] }\n");
        Write("images.yml", "compose: docker-compose.yml\nimages:\n  load: { labels: { a: b } }\n");

        var diagnostics = new DiagnosticBag();
        var graph = GraphReader.Read(new GraphOptions(Path.Join(Root, file), Environment) { Named = ["debug"] }, diagnostics);

        Assert.That(diagnostics.Items, Is.Empty);
        Assert.That(string.Join(' ', graph!.Images.Select(image => image.Name)), Is.EqualTo(expected));
    }

    [Test]
    public void Images_yml_adds_bases_and_options_to_services_by_name()
    {
        Write("base/Dockerfile");
        Write("api/Dockerfile");
        Write("docker-compose.yml", "name: shop\nservices:\n  api: { build: { context: api, args: { A: 1, B: 2 } } }\n");
        var graph = Valid("""
            compose: docker-compose.yml
            defaults: { labels: { vendor: acme } }
            images:
              base: base
              api: { image: acme/api, args: { B: 3 }, build_after: [base] }
            """);
        var api = graph.Images[1];
        Assert.That(Names(api), Is.EqualTo("api: acme/api shop-api"));
        Assert.That(api.Build.Context.Value, Is.EqualTo(Path.Combine(Root, "api")));
        Assert.That(api.Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "A=1", "B=3" }));
        Assert.That(api.Build.Labels.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "vendor=acme" }));
        Assert.That(Path.GetFileName(api.Span.File), Is.EqualTo("docker-compose.yml"));
        Assert.That(graph.InputFiles.Select(file => Path.GetFileName(file)), Is.EqualTo(new[] { "images.yml", "docker-compose.yml" }));
    }

    [Test]
    public void Additional_contexts_of_services_are_nodes_or_images()
    {
        Write("Dockerfile");
        var graph = Project("""
            services:
              Base_Image: { build: { context: ., target: base }, image: base }
              db: { image: postgres:15 }
              api:
                build: { context: ., additional_contexts: { base: "service:Base_Image", db: "service:db" } }
            """);
        Assert.That(graph.Images[1].Build.AdditionalContexts.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "base=service:base_image", "db=docker-image://postgres:15" }));
    }

    [Test]
    public void The_override_file_and_compose_file_variable_make_the_project()
    {
        Write("compose.yaml", "services: {}\n");
        Write("compose.override.yml", "services: {}\n");
        Assert.That(GraphLocator.Find(Root, Environment)!.Files.Select(file => Path.GetFileName(file)), Is.EqualTo(new[] { "compose.yaml", "compose.override.yml" }));
        Environment["COMPOSE_FILE"] = "a.yml:b.yml";
        Assert.That(GraphLocator.Find(Root, Environment)!.Files.Select(file => Path.GetFileName(file)), Is.EqualTo(new[] { "a.yml", "b.yml" }));
        Write("images.yml");
        Assert.That(GraphLocator.Find(Root, Environment)!.Files, Is.EqualTo(new[] { GraphFile }));
    }

    [TestCase("services:\n  api: { build: { context: ., cache_from: [\"type=local,src=x\"] } }\n", "Error ORC1024(2,44) 'type=local,src=x' is not valid for 'cache_from': its type must be registry or gha; others are not supported yet.")]
    [TestCase("services:\n  api: { build: { context: ., cache_to: [\"type=registry\"] } }\n", "Error ORC1024(2,42) 'type=registry' is not valid for 'cache_to': a registry's cache needs 'ref', the reference of an image.")]
    [TestCase("services:\n  api: { build: { context: ., cache_to: [\"type=inline,mode\"] } }\n", "Error ORC1024(2,42) 'type=inline,mode' is not valid for 'cache_to': 'mode' is not NAME=VALUE, or the name comes twice.")]
    [TestCase("services:\n  api: { build: { context: ., platforms: [linux/arm64, linux/arm64/v8] } }\n", "Error ORC1024(2,56) 'linux/arm64/v8' is not valid for 'platforms': linux/arm64 is there already.")]
    [TestCase("services:\n  api: { build: ., platform: Linux/amd64 }\n", "Error ORC1024(2,30) 'Linux/amd64' is not valid for 'platform': a platform is such as linux/amd64 or linux/arm/v7.")]
    [TestCase("services:\n  api: { build: gone }\n", "Error ORC1040(2,17) The directory 'ROOT/gone' does not exist.")]
    [TestCase("services:\n  api: { build: ../x }\n", "Error ORC1042(2,17) 'OUT/x' lies outside the repository 'ROOT'.")]
    [TestCase("services:\n  db: { image: postgres }\n", "Error ORC1086(1,1) No active service of the Compose project has a 'build' section.")]
    [TestCase("services:\n  api: { build: ., image: Api }\n", "Error ORC1032(2,27) 'Api' is not an image reference: Docker would refuse it.")]
    public void Each_mistake_has_one_finding_at_its_place(string yaml, string finding)
    {
        Write("Dockerfile");
        var (graph, diagnostics) = ReadFile(Write("compose.yaml", yaml));
        Assert.That(graph, Is.Null);
        Assert.That(diagnostics.Select(Text).Select(text => text.Replace($"'{Path.GetDirectoryName(Root)}/x", "'OUT/x", StringComparison.Ordinal)), Is.EqualTo(new[] { finding }));
    }

    [Test]
    public void Bad_files_are_one_finding_each_and_cost_little()
    {
        var bomb = "x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n" + string.Concat("bcdefghij".Select((name, index) => $"x-{name}: &{name} [{string.Join(", ", Enumerable.Repeat("*" + "abcdefghij"[index], 9))}]\n"));
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(Codes(bomb + "services: {}\n"), Is.EqualTo(new[] { "ORC1011" }));
        Assert.That(Codes("services: # " + new string('x', 11 << 20)), Is.EqualTo(new[] { "ORC1002" }));
        Assert.That(Codes("services:\n\tapi: {}\n"), Is.EqualTo(new[] { "ORC1005" }));
        Assert.That(Codes("services: [\n"), Is.EqualTo(new[] { "ORC1004" }));
        Assert.That(Codes("services:\n  api: { build: '${WHERE:?say where}' }\n"), Is.EqualTo(new[] { "ORC1051" }));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(200 << 20));
        File.WriteAllBytes(Path.Combine(Root, "compose.yaml"), [.. "services:\n  "u8, 0xE4, (byte)':']);
        Assert.That(ReadFile(Path.Combine(Root, "compose.yaml")).Diagnostics.Select(item => item.Code), Is.EqualTo(new[] { "ORC1003" }));
    }

    private IEnumerable<string> Codes(string yaml) => ReadFile(Write("compose.yaml", yaml)).Diagnostics.Select(item => item.Code);

    private ImageGraph Project(string yaml)
    {
        var (graph, diagnostics) = ReadFile(Write("compose.yaml", yaml));
        Assert.That(diagnostics.Where(item => item.Severity != Severity.Message), Is.Empty);
        return graph!;
    }

    private string Text(Diagnostic item) => $"{item.Severity} {item.Code}({item.Span.Line},{item.Span.Column}) {item.Message}".Replace(Root, "ROOT", StringComparison.Ordinal);

    private static string Names(ImageNode image) => $"{image.Name}: {string.Join(' ', image.LocalNames.Select(name => name.Value.Familiar))}";

    [Test]
    public void What_a_variable_without_a_value_leaves_is_as_if_it_were_not_there()
    {
        Write("Dockerfile");
        var image = Project("services:\n  api: { build: { context: ., target: \"${T:-}\", dockerfile: \"${T:-}\", network: \"${T:-}\", tags: [\"${T:-}\", more], platforms: [\"${T:-}\"], cache_from: [\"${T:-}\"] } }\n").Images[0];

        Assert.That((image.Build.Target, image.Build.Network, image.Build.Platforms.Count, image.Build.CacheFrom.Count), Is.EqualTo(((Located<string>?)null, (Located<string>?)null, 0, 0)));
        Assert.That((Path.GetFileName(image.Build.Dockerfile.Value), image.LocalNames[^1].Value.Familiar), Is.EqualTo(("Dockerfile", "more")));
    }

    [TestCase("api: { build: . }", "linux/arm64")]
    [TestCase("api: { build: ., platform: linux/s390x }", "linux/s390x")]
    [TestCase("api: { build: { context: ., platforms: [linux/arm64, linux/amd64] } }", "linux/arm64 linux/amd64")]
    public void Docker_s_default_platform_holds_where_a_service_has_none(string service, string platforms)
    {
        Write("Dockerfile");
        Write(".env", "DOCKER_DEFAULT_PLATFORM=linux/arm64/v8\n");
        var image = Project($"services:\n  {service}\n").Images[0];

        Assert.That(string.Join(' ', image.Build.Platforms.Select(platform => platform.Value)), Is.EqualTo(platforms));
    }

    [Test]
    public void A_platform_that_two_files_name_is_built_once()
    {
        Write("Dockerfile");
        Write("a.yaml", "services:\n  api: { build: { context: ., platforms: [linux/amd64] } }\n");
        Write("b.yaml", "services:\n  api: { build: { platforms: [linux/amd64, linux/arm64] } }\n");

        Assert.That(Valid("compose: [a.yaml, b.yaml]\n").Images[0].Build.Platforms.Select(platform => platform.Value), Is.EqualTo(new[] { "linux/amd64", "linux/arm64" }));
    }

    [TestCase("services:\n  api:\n", "ORC1078")]
    [TestCase("# nothing\n", "ORC1007")]
    public void What_has_nothing_to_lie_over_is_a_mistake(string text, string code)
    {
        var (graph, diagnostics) = ReadFile(Write("compose.yaml", text));

        Assert.That(graph, Is.Null);
        Assert.That(diagnostics.Select(item => item.Code), Is.EqualTo(new[] { code }));
    }
}
