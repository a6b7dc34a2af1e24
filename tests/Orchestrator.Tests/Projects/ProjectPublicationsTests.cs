using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.State;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Projects;

internal sealed class ProjectPublicationsTests : GraphFixture
{
    [Test]
    public void Projects_with_equal_settings_are_published_together_and_each_once()
    {
        var (publications, _) = Of("""
            images:
              one: { context: api, project: src/a/App.csproj }
              two: { context: api, dockerfile: Other, project: src/b/App.csproj }
              three: { context: api, dockerfile: Other, project: src/a/App.csproj }
              four: { context: api, project: { path: src/b/App.csproj, properties: { X: 'a;b,c%d$(e)' } } }
              five: api

            """);
        var all = publications.All();
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(publication => Property(publication, "_OrchestratorProjects").Replace(Root, "", StringComparison.Ordinal)), Is.EqualTo(new[] { "/src/a/App.csproj|/src/b/App.csproj", "/src/b/App.csproj" }));
            Assert.That(all.Select(publication => Property(publication, "ArtifactsPath")).Distinct().Count(), Is.EqualTo(2), "what is restored for one is not for the other");
            Assert.That(Property(all[1], "X"), Is.EqualTo("a%3Bb%2Cc%25d%24%28e%29"));
            Assert.That(all.SelectMany(publication => publication.Projects).Select(publications.Output).Distinct().Count(), Is.EqualTo(3), "two projects may have one name");
        });
    }

    [Test]
    public void A_run_that_begins_takes_away_what_others_published()
    {
        var (publications, _) = Of("images:\n  one: { context: api, project: src/a/App.csproj }\n");
        var output = publications.Output(publications.All()[0].Projects[0]);
        Assert.That(publications.AreOfThisRun, Is.False);
        publications.Begin();
        Directory.CreateDirectory(output);
        Assert.That(publications.AreOfThisRun, Is.True);

        var (other, _) = Of("images:\n  one: { context: api, project: src/a/App.csproj }\n", "another run");
        other.Begin();
        Assert.That((publications.AreOfThisRun, other.AreOfThisRun, Directory.Exists(output)), Is.EqualTo((false, true, false)));
    }

    [Test]
    public void What_was_not_published_in_this_run_has_no_key()
    {
        var (_, graph) = Of("images:\n  one: { context: api, project: src/a/App.csproj }\n  two: { context: api, project: src/b/App.csproj }\n");
        var published = graph.Only(["one"]).WithPublished(project => "/out/" + Path.GetFileName(Path.GetDirectoryName(project.File.Value)), new DiagnosticBag())!;
        Assert.That(published.Graph.Images.Select(image => $"{image.Name} {image.Node.Build.AdditionalContexts[0].Value}"), Is.EqualTo(new[] { "one /out/a" }));
        Assert.That(published.Graph.Graph.Images.Select(node => node.Build.IsUnpublished), Is.EqualTo(new[] { false, true }), "the other was not published in this run");
    }

    [Test]
    public void Errors_stand_at_the_project_that_has_them()
    {
        var (publications, _) = Of("images:\n  one: { context: api, project: src/a/App.csproj }\n  two: { context: api, project: src/b/App.csproj }\n");
        var publication = publications.All().Single();
        Assert.Multiple(() =>
        {
            Assert.That(Findings(publication, $"""
                MSBuild says something
                {Root}/src/b/P.cs(1,2): error CS1002: ; expected [{Root}/src/b/App.csproj]
                {Root}/src/b/P.cs(1,2): error CS1002: ; expected [{Root}/src/b/App.csproj::TargetFramework=net10.0]
                {Root}/src/b/P.cs(1,2): warning CS0168: the word error : is in it [{Root}/src/b/App.csproj]
                {Root}/lib/L.cs(3,4): error CS0001: of a library [with brackets] [{Root}/lib/Lib.csproj]
                MSBUILD : error MSB1009: Project file does not exist.

                """), Is.EqualTo(new[]
            {
                "(3) cannot be published, so nothing is built from it:\n  /src/b/P.cs(1,2): error CS1002: ; expected",
                "(2) cannot be published, so nothing is built from it:\n  /lib/L.cs(3,4): error CS0001: of a library [with brackets]\n  MSBUILD : error MSB1009: Project file does not exist.",
            }));
            Assert.That(Findings(publication, "one\ntwo\n"), Is.EqualTo(new[] { "(2) cannot be published, so nothing is built from it:\n  one\n  two" }), "the end of it, where there is no error");
        });
    }

    private string[] Findings(ProjectPublication publication, string output) =>
        [.. DotNetPublish.Findings(publication, output).Select(item => $"({item.Span.Line}){item.Message[(item.Message.IndexOf("' ", StringComparison.Ordinal) + 1)..]}".Replace(Root, "", StringComparison.Ordinal))];

    private (ProjectPublications ProjectPublications, LoadedGraph Graph) Of(string yaml, string run = "this run")
    {
        Write("api/Dockerfile");
        Write("api/Other");
        Write("src/a/App.csproj", "<Project />");
        Write("src/b/App.csproj", "<Project />");
        var loaded = LoadedGraph.Load(Valid(yaml), "linux/amd64", new DiagnosticBag())!;
        return (new ProjectPublications(loaded.Graph, new GraphState(Path.Join(Root, "state"), GraphFile), "/tool", run), loaded);
    }

    private static string Property(ProjectPublication publication, string name) => publication.Properties.Single(property => property.Key == name).Value;
}
