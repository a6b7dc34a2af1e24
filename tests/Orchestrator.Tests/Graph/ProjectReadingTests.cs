using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Graph;

/// <summary><c>project:</c> of an image.</summary>
internal sealed class ProjectReadingTests : GraphFixture
{
    [SetUp]
    public void WriteProjects()
    {
        Write("src/Api/Api.csproj", "<Project />");
        Write("src/Two/One.csproj", "<Project />");
        Write("src/Two/Two.csproj", "<Project />");
        Write("file", "");
    }

    [TestCase("project: src/Api/Api.csproj", "app Release")]
    [TestCase("project: { path: src/Api/Api.csproj }", "app Release")]
    [TestCase("project: { path: src/Api/Api.csproj, context: output, configuration: Debug, properties: { B: 1, A: , C: 'x;y' } }", "output Debug A= B=1 C=x;y")]
    [TestCase("project: { path: src/Api/Api.csproj, properties: [RuntimeIdentifier=linux-x64] }", "app Release RuntimeIdentifier=linux-x64")]
    public void It_is_a_named_context_that_nobody_can_plan_with_before_it_is_published(string lines, string expected)
    {
        var build = Image(lines).Build;
        var project = build.Project!;
        var file = Path.Combine(Root, "src/Api/Api.csproj");
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', [project.Context.Value, project.Configuration, .. project.Properties.Select(property => $"{property.Key}={property.Value}")]), Is.EqualTo(expected));
            Assert.That(project.File.Value, Is.EqualTo(file));
            Assert.That(build.AdditionalContexts.Select(context => $"{context.Key} {context.Value}"), Is.EqualTo(new[] { $"{project.Context} project:{file}" }));
            Assert.That(build.IsUnpublished, Is.True);
            Assert.That(build.Published(_ => "/output").AdditionalContexts.Select(context => $"{context.Key} {context.Value}"), Is.EqualTo(new[] { $"{project.Context} /output" }));
            Assert.That(build.Published(_ => "/output").IsUnpublished, Is.False);
        });
    }

    [Test]
    public void Images_that_differ_in_how_a_project_is_published_are_different_builds()
    {
        Write("api/Dockerfile");
        Assert.That(Valid("""
            images:
              one: { context: api, project: src/Api/Api.csproj }
              two: { context: api, project: { path: src/Api/Api.csproj, configuration: Debug } }
              three: { context: api, project: { path: src/Api/Api.csproj, properties: { A: b } } }
              four: { context: api, project: src/Two/Two.csproj }
              again: { context: api, project: { path: ./src/Api/Api.csproj } }

            """).Images.Select(image => image.Name), Is.EqualTo(new[] { "one", "two", "three", "four" }));
    }

    [TestCase("project: src/Api/Apo.csproj", "ORC1045(4,14) The project 'ROOT/src/Api/Apo.csproj' cannot be published: it does not exist. Did you mean 'Api.csproj'?")]
    [TestCase("project: src/Api", "ORC1045(4,14) The project 'ROOT/src/Api' cannot be published: it is a directory. Did you mean 'src/Api/Api.csproj'?")]
    [TestCase("project: src/Two/", "ORC1045(4,14) The project 'ROOT/src/Two' cannot be published: it is a directory.")]
    [TestCase("project: file", "ORC1045(4,14) The project 'ROOT/file' cannot be published: that is no project file.")]
    [TestCase("project: ../x.csproj", "ORC1042(4,14) '/tmp/x.csproj' lies outside the repository 'ROOT'.")]
    [TestCase("project: [src/Api/Api.csproj]", "ORC1023(4,14) 'project' must be a text or a mapping, but this is a list.")]
    [TestCase("project: ''", "ORC1024(4,14) '' is not valid for 'project': it is empty.")]
    [TestCase("project: { configuration: Debug }", "ORC1026(4,14) A project needs 'path'.")]
    [TestCase("project: { pth: src/Api/Api.csproj }", "ORC1020(4,16) 'pth' is not a key of a project. Did you mean 'path'?")]
    [TestCase("project: { path: src/Api/Api.csproj, context: A/b }", "ORC1024(4,51) 'A/b' is not valid for 'context': use lower-case letters and digits, joined by '.', '_' or '-'.")]
    [TestCase("project: { path: src/Api/Api.csproj, properties: { publishdir: x } }", "ORC1024(4,68) 'publishdir' is not valid for 'properties': publishing for images sets it.")]
    [TestCase("project: { path: src/Api/Api.csproj, properties: { Configuration: x } }", "ORC1024(4,71) 'Configuration' is not valid for 'properties': write 'configuration' beside 'properties'.")]
    [TestCase("project: { path: src/Api/Api.csproj, properties: { 'a b': x } }", "ORC1024(4,63) 'a b' is not valid for 'properties': it cannot be the name of an MSBuild property.")]
    [TestCase("project: src/Api/Api.csproj\nadditional_contexts: { app: api }", "ORC1046(4,14) 'app' is the named context of what 'project:' publishes, and one of 'additional_contexts' at ROOT/images.yml(5,33) as well.")]
    public void Each_mistake_has_one_finding_at_its_place(string lines, string finding) =>
        Assert.That(FindingsOfImage(lines), Is.EqualTo(new[] { finding.Replace("/tmp/", Path.GetDirectoryName(Root) + "/", StringComparison.Ordinal) }));

    [Test]
    public void A_stage_of_the_contexts_name_would_be_replaced_by_it()
    {
        Write("api/Dockerfile", "FROM scratch AS base\n\nFROM scratch AS App\nCOPY --from=app / /\n");
        var diagnostics = new DiagnosticBag();
        var graph = Valid("images:\n  api: { context: api, project: src/Api/Api.csproj }\n");
        Assert.That(LoadedGraph.Load(graph, "linux/amd64", diagnostics), Is.Null);
        Assert.That(diagnostics.Items.Select(item => $"{item}"), Is.EqualTo(new[]
        {
            $"{Root}/images.yml(2,33): error ORC1046: 'app' is the named context of what 'project:' publishes, and a stage at {Root}/api/Dockerfile(3,1) as well.",
        }));
    }
}
