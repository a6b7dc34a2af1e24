using Orchestrator.Diagnostics;
using Orchestrator.Proposing;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Proposing;

/// <summary>Repositories of different shapes, and the graph file that is inferred from each. Every proposal is read as the file that it would be.</summary>
internal sealed class ProposalTests : GraphFixture
{
    private const string Platform = "linux/amd64";

    [Test]
    public void A_single_Dockerfile_at_the_top_is_named_after_the_repository()
    {
        Write("Dockerfile", "FROM scratch\nCOPY . .\n");
        Write("main.py");

        Assert.That(Proposed(), Is.EqualTo(["  REPO: ."]));
    }

    [Test]
    public void Bases_are_named_by_the_FROM_that_means_nothing_else()
    {
        Write("docker/base/Dockerfile", "FROM debian:12\n");
        Write("docker/base/python/Dockerfile", "FROM base\n");
        Write("services/api/Dockerfile", "FROM ghcr.io/acme/python-base:3.11\nCOPY --from=node:18 /x /x\n");

        var (lines, edges) = ProposedWithEdges();

        Assert.That(lines, Is.EqualTo(["  base: docker/base", "  python-base:", "    image: ghcr.io/acme/python-base:3.11", "    context: docker/base/python", "  api: services/api"]));
        Assert.That(edges, Is.EqualTo(["python-base<-base", "api<-python-base"]));
    }

    [Test]
    public void A_reference_that_fits_two_Dockerfiles_or_only_its_own_is_from_outside()
    {
        Write("a/base/Dockerfile");
        Write("b/base/Dockerfile");
        Write("api/Dockerfile", "FROM acme/base:1\n");
        Write("worker/Dockerfile", "FROM worker\n");

        var (lines, edges) = ProposedWithEdges();

        Assert.That(lines, Is.EqualTo(["  base: a/base", "  api: api", "  b-base: b/base", "  REPO-worker: worker"]));
        Assert.That(edges, Is.Empty);
    }

    [Test]
    public void Names_that_everybody_pulls_are_left_to_those()
    {
        Write("redis/Dockerfile", "FROM redis:7\nCOPY redis.conf /\n");
        Write("redis/redis.conf");
        Write("worker/Dockerfile", "FROM redis\n");

        var (lines, edges) = ProposedWithEdges();

        Assert.That(lines, Is.EqualTo(["  REPO-redis: redis", "  worker: worker"]));
        Assert.That(edges, Is.Empty);
    }

    [Test]
    public void The_context_is_the_nearest_folder_that_holds_what_is_copied()
    {
        Write("docker/Dockerfile.api", "FROM scratch\nCOPY src/*.py /app/\nCOPY requirements.txt /\n");
        Write("docker/web.Dockerfile", "FROM scratch\nCOPY . .\n");
        Write("src/main.py");
        Write("requirements.txt");
        Write("src/tool/Dockerfile", "FROM scratch\nCOPY tool.sh gone.jar /\n");
        Write("src/tool/tool.sh");

        Assert.That(Proposed(), Is.EqualTo(
            ["  api:", "    context: .", "    dockerfile: docker/Dockerfile.api", "  web:", "    context: .", "    dockerfile: docker/web.Dockerfile", "  tool: src/tool"]));
        Assert.That(Reasons("tool"), Does.Contain("'tool.sh'").And.Contains("not here now: 'gone.jar'"));
        Assert.That(Reasons("api"), Does.Contain("a folder above it, the nearest one that holds 'src/*.py'"));
    }

    [Test]
    public void What_lies_outside_the_context_is_laid_over_it()
    {
        Write("services/api/Dockerfile", "FROM scratch\nCOPY . .\nCOPY ../shared/lib /lib\n");
        Write("services/api/main.py");
        Write("shared/lib/x");

        Assert.That(Proposed(), Is.EqualTo(["  api:", "    context: services/api", "    overlay: { shared: shared }"]));
    }

    [Test]
    public void What_documents_build_is_built_as_they_say()
    {
        Write("CONTRIBUTING.md", "docker build -t web:$(git rev-parse HEAD) -f docker/Dockerfile docker\n");
        Write("README.md", "Run `docker build -t acme/web:1.0 -f docker/Dockerfile .` and push it.\n");
        Write("ci.yml", "- run: docker build -f docker/Dockerfile -t ghcr.io/acme/web:${{ github.sha }} docker\n");
        Write("scripts/build.sh", "cd services\ndocker buildx build --load \\\n  --build-arg VERSION=1.10 --target=prod -t tool:$TAG api\n docker build --target dev -t tool:dev api\ndocker build -t nothing there\n");
        Write("docker/Dockerfile", "FROM scratch\nCOPY a /\n");
        Write("services/api/Dockerfile", "ARG VERSION\nFROM base:${VERSION} AS prod\nFROM scratch AS dev\n");

        Assert.That(Proposed(), Is.EqualTo(
        [
            "  web:", "    image: acme/web", "    context: .", "    dockerfile: docker/Dockerfile",
            "  tool:", "    context: services/api", "    target: dev",
            "  api:", "    context: services/api", "    target: prod", "    args: { VERSION: \"1.10\" }",
        ]));
        Assert.That(Reasons("web"), Does.Contain("named in README.md(1); context .: as README.md(1) says; not here now: 'a'"));
    }

    [Test]
    public void A_line_of_a_document_that_is_out_of_date_costs_no_Dockerfile()
    {
        Write("README.md", "docker build --target gone -t acme/api api\ndocker build --target gone web\ndocker build --target here web\ndocker build --target gone broken\n");
        Write("api/Dockerfile", "FROM scratch AS dev\n");
        Write("web/Dockerfile", "FROM scratch AS here\n");
        Write("broken/Dockerfile", "FRON scratch\n");

        Assert.That(Proposed(), Is.EqualTo(["  api: api", "  web:", "    context: web", "    target: here"]));
        Assert.That(Reasons("api"), Does.EndWith("README.md(1) is not followed: Dockerfile(1,1): ORC2036: There is no stage 'gone' to build. There is 'dev'."));
        Assert.That(Reasons("web"), Does.Contain("context web: as README.md(3) says; README.md(2) is not followed: "));
        Assert.That(Propose().LeftOut.Select(file => file.File), Is.EqualTo(["broken/Dockerfile"]));
    }

    [Test]
    public void With_Compose_only_the_bases_of_its_services_are_added()
    {
        Write("compose.yaml", "services:\n  api:\n    build: api\n  db:\n    image: postgres:15\n  worker:\n    build: api\n");
        Write("compose.override.yaml", "services:\n  db:\n    build: db\n");
        Write("api/Dockerfile", "FROM base-python\nCOPY ../shared /shared\n");
        Write("shared/x");
        Write("db/Dockerfile", "FROM debian:12\n");
        Write("docker/base-python/Dockerfile", "FROM base\n");
        Write("docker/base/Dockerfile");
        Write("old/Dockerfile");

        var (lines, edges) = ProposedWithEdges();

        Assert.That(Text().Split('\n')[2], Is.EqualTo("compose: [compose.yaml, compose.override.yaml]"));
        Assert.That(lines, Is.EqualTo(
            ["  base-python: docker/base-python", "  base: docker/base", "  api:", "    overlay: { shared: shared }", "  worker:", "    overlay: { shared: shared }"]));
        Assert.That(edges, Is.EqualTo(["base-python<-base", "api<-base-python"]));
        Assert.That(Propose().LeftOut.Select(item => item.File), Is.EqualTo(["old/Dockerfile"]));
    }

    [TestCase("compose.yaml", "name: nine\n", "nine")]
    [TestCase("deploy/compose.yaml", "name: nine\n", "nine")]
    [TestCase("compose.yaml", "", "REPO")]
    [TestCase("deploy/compose.yaml", "", "REPO")] // the folder of many repositories
    public void The_graph_is_called_as_the_only_Compose_project_is_by_itself(string file, string name, string expected)
    {
        Write(file, name + "services:\n  a:\n    build: .\n");
        Write(file.Replace("compose.yaml", "Dockerfile", StringComparison.Ordinal));
        var repository = Path.GetFileName(Root);

        Assert.That(Text().Split('\n')[1].Replace(repository, "REPO", StringComparison.OrdinalIgnoreCase), Is.EqualTo("name: " + expected));
    }

    [Test]
    public void An_entry_that_activates_a_service_says_so()
    {
        Write("compose.yaml", "services:\n  api: { build: api }\n  worker: { build: api, profiles: [jobs] }\n");
        Write("api/Dockerfile", "FROM scratch\nCOPY ../shared /shared\n");
        Write("shared/x");
        Environment["COMPOSE_PROFILES"] = "jobs";

        Assert.That(Reasons("api"), Does.StartWith("a Compose service; overlay: "));
        Assert.That(Reasons("worker"), Does.StartWith("a Compose service of the profile jobs, which is now built whatever profiles are active; overlay: "));
    }

    [Test]
    public void Compose_projects_of_several_folders_are_included()
    {
        Write("one/docker-compose.yml", "services:\n  a:\n    build: .\n");
        Write("one/Dockerfile");
        Write("two/docker-compose.yml", "services:\n  b:\n    build: .\n");
        Write("two/Dockerfile", "FROM scratch\nLABEL x=y\n");
        Write("three/docker-compose.yml", "services:\n  c:\n    image: postgres\n");

        Assert.That(Text(), Does.EndWith("include:\n  - one/docker-compose.yml\n  - two/docker-compose.yml\n"));
        Assert.That(Propose().LeftOut.Select(item => $"{item.File} {item.Reason}"), Has.Exactly(1).StartsWith("three/docker-compose.yml docker-compose.yml(1,1): ORC1086: "));
    }

    [Test]
    public void What_cannot_be_read_is_left_out_with_its_mistake()
    {
        Write("good/Dockerfile");
        Write("bad/Dockerfile", "FRM scratch\n");
        Write("open/Dockerfile", "ARG BASE\nFROM $BASE\n");
        Write("good/node_modules/x/Dockerfile");
        Write("good/Dockerfile.dockerignore", "*");
        Write("sub/.git/HEAD");
        Write("sub/Dockerfile");

        Assert.That(Proposed(), Is.EqualTo(["  good: good"]));
        Assert.That(Propose().LeftOut.Select(item => $"{item.File}: {item.Reason}"), Has.Exactly(1).StartsWith("bad/Dockerfile: Dockerfile(1,1): ORC").And.Exactly(1).StartsWith("open/Dockerfile: Dockerfile(2,6): ORC"));
    }

    [Test]
    public void Folders_of_one_name_get_different_keys_and_odd_names_are_written_safely()
    {
        Write("a/api/Dockerfile");
        Write("b/api/Dockerfile", "FROM scratch\nLABEL a=b\n");
        Write("8 $bits/on/Dockerfile", "FROM scratch\nLABEL c=d\n");

        Assert.That(Proposed(), Is.EqualTo(["  \"on\": \"8 $$bits/on\"", "  api: a/api", "  b-api: b/api"]));
    }

    /// <summary>Other programs create and delete folders while the repository is looked at.</summary>
    [Test]
    public async Task Folders_that_vanish_are_passed_over()
    {
        Write("Dockerfile");
        using var end = new CancellationTokenSource();
        var others = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                for (var number = 0; number < 50; number++)
                {
                    Directory.CreateDirectory(Path.Join(Root, "work", $"{number}", "deep"));
                }

                Directory.Delete(Path.Join(Root, "work"), recursive: true);
            }
        });

        try
        {
            for (var time = 0; time < 300; time++)
            {
                Assert.That(Survey().Dockerfiles, Is.EqualTo(["Dockerfile"]));
            }
        }
        finally
        {
            await end.CancelAsync();
            await others;
        }
    }

    [Test]
    public void Folders_that_are_of_no_disk_are_not_looked_into()
    {
        Assume.That(Directory.Exists("/proc"), "this system has no such folder");

        Assert.That(FolderListing.Files("/proc/nothing"), Is.Empty);
        Assert.That(RepositorySurvey.Of("/proc/self", TestContext.CurrentContext.CancellationToken).Dockerfiles, Is.Empty);
    }

    [Test]
    public void An_empty_repository_has_no_proposal() => Assert.That(Propose().IsEmpty);

    [TestCase("README.md", "images.csproj")]
    [TestCase("Shop.slnx", "images/images.csproj")]
    [TestCase("Shop.csproj", "images/images.csproj")]
    [TestCase("src/Shop.sln", "images.csproj")]
    public void The_images_project_lies_where_dotnet_build_has_no_choice_to_make(string file, string expected)
    {
        Write(file, "");

        Assert.That(ImagesProject.For(Survey())!.Path, Is.EqualTo(expected));
    }

    [Test]
    public void A_repository_has_one_images_project()
    {
        Write("build/all.csproj", """<Project Sdk="Orchestrator.Sdk/0.1.0" />""");

        Assert.That(ImagesProject.For(Survey()), Is.Null);
    }

    private RepositorySurvey Survey() => RepositorySurvey.Of(Root, TestContext.CurrentContext.CancellationToken);

    private GraphProposal Propose() => new GraphProposer(Survey(), Environment, Platform).Propose(TestContext.CurrentContext.CancellationToken);

    private string Text() => ProposalText.Of(Propose());

    private string Reasons(string key) => string.Join("; ", Propose().Images.Single(image => image.Key == key).Reasons);

    private IEnumerable<string> Proposed() => ProposedWithEdges().Lines;

    /// <summary>The lines under <c>images:</c>, with the name of the temporary folder replaced, and who is built from whom.</summary>
    private (IEnumerable<string> Lines, IEnumerable<string> Edges) ProposedWithEdges()
    {
        var text = Text();
        var diagnostics = new DiagnosticBag();
        var graph = ProposalCheck.Read(GraphFile, text, Environment, Platform, diagnostics);
        Assert.That(diagnostics.Items.Where(item => item.Severity == Severity.Error), Is.Empty, text);
        var name = Propose().Name;
        var lines = text.TrimEnd().Split('\n').SkipWhile(line => line != "images:").Skip(1).Select(line => line.Replace(name, "REPO", StringComparison.Ordinal));
        return (lines.ToList(), graph!.Images.SelectMany(image => image.Bases.Select(target => $"{image.Name}<-{target}")).ToList());
    }
}
