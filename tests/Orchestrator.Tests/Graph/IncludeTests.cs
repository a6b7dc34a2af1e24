using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

/// <summary>Graphs of several files, and what is said where one of them is wrong.</summary>
internal sealed class IncludeTests : GraphFixture
{
    [SetUp]
    public void WriteRepository() => Write("Dockerfile");

    [Test]
    public void A_file_that_several_include_is_there_for_each_of_them()
    {
        Write("c/images.yml", "images:\n  c: ..\n");
        Write("a/images.yml", "include: [../c/images.yml]\nimages:\n  a: { context: .., target: a, build_after: [c] }\n");
        Write("b/images.yml", "include: [../c/images.yml]\nimages:\n  b: { context: .., target: b, additional_contexts: { x: 'target:c' } }\n");
        Write("d/images.yml", "include: [../c/images.yml]\n");

        var graph = Valid("include: [a/images.yml, b/images.yml, d/images.yml]\n");

        Assert.That(graph.Images.Select(image => image.Name), Is.EqualTo(new[] { "a", "c", "b" }));
    }

    [Test]
    public void One_entry_may_name_several_graph_files()
    {
        Write("a/images.yml", "images:\n  a: ..\n");
        Write("b/images.yml", "images:\n  b: { context: .., target: b }\n");

        Assert.That(Valid("include: [{ path: [a/images.yml, b/images.yml] }]\n").Images.Select(image => image.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("env_file: .env", "ORC1020(1,33) 'env_file' is not a key of an entry of 'include' that names images.yml. That file says it itself.")]
    [TestCase("project_directory: a", "ORC1020(1,33) 'project_directory' is not a key of an entry of 'include' that names images.yml. That file says it itself.")]
    public void What_a_graph_file_says_itself_is_not_said_where_it_is_included(string key, string finding)
    {
        Write("a/images.yml", "images:\n  a: ..\n");

        Assert.That(Findings($"include: [{{ path: a/images.yml, {key} }}]\n"), Is.EqualTo(new[] { finding }));
    }

    [TestCase("include: [[compose.yaml, { a: b }]]\n", "ORC1023(1,26) 'include' must be a list of paths, or of mappings with 'path', but this is a mapping.")]
    [TestCase("images:\n  api: { context: ., args: ['A = x'] }\n", "ORC1024(2,29) 'A = x' is not valid for 'args': the name ends in a space.")]
    [TestCase("images:\n  api: { context: ., labels: [{ a: b }] }\n", "ORC1023(2,31) 'labels' must be a list of texts, but this is a mapping.")]
    public void Items_of_lists_that_say_nothing_are_told(string yaml, string finding)
    {
        Write("compose.yaml", "services:\n  api: { build: . }\n");

        Assert.That(Findings(yaml), Is.EqualTo(new[] { finding }));
    }

    /// <summary>What images.yml adds to services has no context of its own.</summary>
    [Test]
    public void A_mistake_in_a_compose_file_is_not_followed_by_one_for_each_image_that_lies_over_it()
    {
        Directory.CreateDirectory(Path.Combine(Root, "sub"));
        Write("compose.yaml", "services:\n  api: { build: ., colour: red }\n  web: { build: { context: ., target: web } }\n");
        Write("sub/images.yml", "compose: ../compose.yaml\nimages:\n  api: { labels: { a: b }, build_after: [web] }\n  web: { pull: true }\n  own: { context: gone }\n");

        var (graph, diagnostics) = ReadFile(Path.Combine(Root, "sub/images.yml"));

        Assert.That(graph, Is.Null);
        Assert.That(diagnostics.Select(item => $"{item.Code} {Path.GetFileName(item.Span.File)}({item.Span.Line})"), Is.EqualTo(new[] { "ORC1040 images.yml(5)", "ORC1020 compose.yaml(2)" }));
    }

    [Test]
    public void A_large_file_without_aliases_is_read()
    {
        Write("compose.yaml", "services:\n" + string.Concat(Enumerable.Range(0, 1_100).Select(service => $"  s{service}: {{ image: x, build: ., environment: [{string.Join(", ", Enumerable.Range(0, 100))}] }}\n")));

        Assert.That(Valid("compose: compose.yaml\n").Images, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_files_of_a_project_that_the_environment_names_are_its_files_whatever_they_hold()
    {
        Environment["COMPOSE_FILE"] = "common.yml:services.yml";
        Write("common.yml", "x-labels: &labels { a: b }\nvolumes: { data: {} }\n");
        Write("services.yml", "services:\n  api: { build: . }\n");
        var located = GraphLocator.Find(Root, Environment)!;
        var diagnostics = new Diagnostics.DiagnosticBag();

        var graph = GraphReader.Read(new GraphOptions(located.Files[0], Environment) { Overlays = [.. located.Files.Skip(1)], Folder = located.Folder, IsCompose = located.IsCompose }, diagnostics);

        Assert.That(diagnostics.Items, Is.Empty);
        Assert.That(graph!.Images.Select(image => image.Name), Is.EqualTo(new[] { "api" }));
    }

    /// <summary>As Compose: wherever the project lies that is found from there.</summary>
    [Test]
    public void Env_files_that_the_environment_names_begin_in_the_working_folder()
    {
        Environment["COMPOSE_ENV_FILES"] = "own.env";
        Write("own.env", "TAG=root\nCOMPOSE_FILE=missing.yml\n");
        Write("sub/own.env", "TAG=sub\nCOMPOSE_FILE=../stack.yml\n");
        Write("stack.yml", "services:\n  api: { build: { context: ., args: { TAG: \"${TAG}\" } } }\n");
        var located = GraphLocator.Find(Path.Combine(Root, "sub"), Environment)!;
        var options = new GraphOptions(located.Files[0], Environment) { Folder = located.Folder, IsCompose = located.IsCompose, WorkingFolder = Path.Combine(Root, "sub") };

        var graph = GraphReader.Read(options, new Diagnostics.DiagnosticBag())!;

        Assert.That((Path.GetFileName(graph.File), graph.Images[0].Build.Arguments[0].Value.Value), Is.EqualTo(("stack.yml", "sub")));
    }
}
