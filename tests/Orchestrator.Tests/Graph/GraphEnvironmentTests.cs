using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

/// <summary><c>environments:</c> and <c>include:</c>.</summary>
internal sealed class GraphEnvironmentTests : GraphFixture
{
    private const string Graph = """
        name: birch
        env_file: .env
        compose: [docker-compose.yml]
        images:
          app: { context: ., image: "app-${MODE}", targets: { development: { tag: dev }, production: { tag: latest } } }
        environments:
          dev: { compose: [docker-compose.yml, docker-compose.dev.yml], env_file: .dev.env }
          prod: { compose: [docker-compose.yml, docker-compose.prod.yml], env_file: .prod.env, target: production }
        """;

    [SetUp]
    public void WriteRepository()
    {
        Write("Dockerfile");
        Write(".env", "MODE=none\n");
        Write(".dev.env", "MODE=dev\n");
        Write(".prod.env", "MODE=prod\n");
        Write("docker-compose.yml", "name: birch\nservices:\n  api: { build: { context: ., args: { MODE: $MODE } } }\n");
        Write("docker-compose.dev.yml", "services:\n  api: { build: { target: development } }\n");
        Write("docker-compose.prod.yml", "services:\n  api: { build: { target: production } }\n");
    }

    [TestCase(null, "app/development=app-none:dev app/production=app-none api=none@")]
    [TestCase("dev", "app/development=app-dev:dev app/production=app-dev api=dev@development")]
    [TestCase("prod", "app/production=app-prod api=prod@production")]
    public void An_environment_picks_overlay_env_file_and_stage(string? name, string expected)
    {
        var graph = ReadIn(name, Graph).Graph!;
        var text = graph.Images.Select(image => image.Name == "api"
            ? $"api={image.Build.Arguments[0].Value}@{image.Build.Target?.Value}" : $"{image.Name}={image.DisplayName}");
        Assert.That(string.Join(' ', text), Is.EqualTo(expected));
    }

    [Test]
    public void An_unknown_environment_is_an_error_that_names_the_known_ones() =>
        Assert.That(ReadIn("pord", Graph).Text, Is.EqualTo(new[] { "ORC1079(6,1) There is no environment 'pord': the graph file has dev, prod. Did you mean 'prod'?" }));

    [Test]
    public void A_graph_with_images_only_in_environments_asks_for_one() =>
        Assert.That(ReadIn(null, "environments:\n  dev: { compose: docker-compose.yml }\n").Text, Is.EqualTo(new[]
        {
            "ORC1080(1,1) The graph has images only in its environments: dev.",
        }));

    [TestCase("environments:\n  dev: 5\n", "ORC1023(2,8) 'dev' must be a mapping with 'compose', 'env_file' and 'target', but this is a text.")]
    [TestCase("environments:\n  dev: { composee: x }\n", "ORC1020(2,10) 'composee' is not a key of an environment. Did you mean 'compose'?")]
    [TestCase("environments:\n  dev: { target: x }\n", "ORC1024(2,18) 'x' is not valid for 'target': no image has it among its 'targets'.")]
    [TestCase("environments:\n  dev: { env_file: gone.env }\n", "ORC1060(2,20) The env file 'ROOT/gone.env' cannot be read: it does not exist.")]
    [TestCase("environments:\n  dev: { compose: gone.yml }\n", "ORC1075(2,19) The file 'ROOT/gone.yml' cannot be read: it does not exist.")]
    public void Each_mistake_has_one_finding_at_its_place(string environments, string finding) =>
        Assert.That(ReadIn("dev", environments + "images:\n  app: .\n").Text, Is.EqualTo(new[] { finding }));

    [Test]
    public void An_included_graph_brings_its_images_with_its_own_root()
    {
        var other = Directory.CreateTempSubdirectory("other-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(other, ".git"));
            File.WriteAllText(Path.Combine(other, "Dockerfile"), "FROM scratch\n");
            File.WriteAllText(Path.Combine(other, "images.yml"), "images:\n  trading-api: .\n");
            var include = $"include: [{other}/images.yml]\nimages:\n  web: {{ context: ., build_after: [trading-api] }}\n";
            var refused = ReadIn(null, include).Text;
            var accepted = ReadIn(null, "allow_outside: true\n" + include);

            Assert.That(refused[0], Does.StartWith($"ORC1042(1,11) '{other}/images.yml' lies outside the repository"));
            Assert.That(accepted.Text, Is.Empty);
            Assert.That(accepted.Graph!.Images.Select(image => (image.Name, image.Build.Context.Value)), Is.EqualTo(new[] { ("web", Root), ("trading-api", other) }));
            Assert.That(accepted.Graph.InputFiles, Does.Contain($"{other}/images.yml"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Test]
    public void Graphs_that_include_each_other_are_an_error_and_one_that_is_included_twice_is_read_once()
    {
        Write("a/images.yml", "include: [../b/images.yml]\nimages:\n  a: ..\n");
        Write("b/images.yml", "images:\n  b: { context: .., target: b }\n");
        var twice = ReadIn(null, "include: [a/images.yml, b/images.yml]\n");
        Write("b/images.yml", "include: [../images.yml]\nimages:\n  b: ..\n");
        var circle = ReadIn(null, "include: [a/images.yml]\n");

        Assert.That(twice.Graph!.Images.Select(image => image.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(circle.Text, Is.EqualTo(new[] { "ORC1074(1,11) These files include each other in a circle: ../images.yml, ../a/images.yml, images.yml, ../images.yml." }));
    }

    [Test]
    public void Two_projects_may_not_bring_one_name()
    {
        Write("x/compose.yaml", "services:\n  api: { build: .. }\n");
        Write("y/compose.yaml", "services:\n  api: { build: { context: .., target: y } }\n");
        Assert.That(ReadIn(null, "include: [x/compose.yaml, { path: y/compose.yaml }]\n").Text, Is.EqualTo(new[] { "ORC1036(2,3) The image 'api' is declared here and at ROOT/x/compose.yaml(2,3)." }));
    }

    private (ImageGraph? Graph, IReadOnlyList<string> Text) ReadIn(string? environment, string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var graph = GraphReader.Read(new GraphOptions(Write("images.yml", yaml), Environment) { EnvironmentName = environment }, diagnostics);
        var told = diagnostics.Items.Where(item => item.Severity != Severity.Message);
        return (graph, [.. told.Select(item => $"{item.Code}({item.Span.Line},{item.Span.Column}) {item.Message}".Replace(Root, "ROOT", StringComparison.Ordinal))]);
    }
}
