using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Proposing;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Proposing;

/// <summary>What <c>bin</c> and <c>obj</c> of .NET projects have to do with the contexts of a proposed graph.</summary>
internal sealed class ContextLeftoversTests : GraphFixture
{
    private const string Platform = "linux/amd64";

    [SetUp]
    public void CreateProject()
    {
        Write("src/Api/Api.csproj", "<Project />");
        Write("src/Api/obj/project.assets.json", "{}");
        Write("src/Shared/Shared.csproj", "<Project />");
    }

    [TestCase("COPY . .")]
    [TestCase("COPY src/ src/")]
    [TestCase("COPY src/* /src/\nCOPY Shop.sln .")]
    [TestCase("RUN --mount=type=bind,target=/s true")]
    public void A_context_of_projects_without_an_ignore_file_gets_one(string instructions)
    {
        Write("Shop.sln", "");
        Dockerfile(instructions);

        var file = Found().Proposed().Single();

        Assert.That((file.Path, file.Reason), Is.EqualTo((".dockerignore", "the context . has .NET projects, and with their bin and obj in it each build of them would change api")));
        Assert.That(file.Content, Is.EqualTo(
            "# What no image is built from. Proposed by `orchestrator init`.\n**/bin\n**/obj\n**/.vs\n# A build that reads its version from git needs it: remove this line then.\n**/.git\n"));
        Assert.That(Found().Remarks(), Is.Empty);
    }

    [Test]
    public void Services_of_a_Compose_file_have_contexts_too()
    {
        Write("src/compose.yaml", "services:\n  api: { build: Api }\n");
        Write("src/Api/Dockerfile", "FROM scratch\nCOPY . .\n");

        Assert.That(Found().Proposed().Select(file => file.Path), Is.EqualTo(["src/Api/.dockerignore"]));
    }

    [TestCase("COPY src/web .")]
    [TestCase("COPY src/*/*.csproj .")]
    [TestCase("COPY . .\nCOPY src/Api/obj/Docker/publish /app", TestName = "What_a_Dockerfile_takes_in_by_name")]
    [TestCase("ARG FROM_HERE=src/Api/obj\nCOPY . .\nCOPY $FROM_HERE /app", TestName = "What_a_Dockerfile_takes_in_by_a_variable")]
    public void A_context_that_needs_none_gets_none(string instructions)
    {
        Write("src/web/index.html");
        Dockerfile(instructions);

        Assert.That(Found().Proposed(), Is.Empty);
    }

    [Test]
    public void What_is_needed_of_the_folders_of_that_name_stays()
    {
        Write("tools/bin/deploy.sh");
        Dockerfile("COPY src src\nCOPY tools/bin/deploy.sh .git /");
        Assert.That(Patterns(), Is.EqualTo(["**/obj", "**/.vs"]));

        Dockerfile("COPY . .");
        Assert.That(Patterns(), Is.EqualTo(["**/bin", "**/obj", "**/.vs", "**/.git", "!tools/bin"]));
        var matcher = PatternMatcher.Parse(Patterns());
        Assert.That((matcher.Matches("tools/bin/deploy.sh"), matcher.Matches("src/Api/bin/Api.dll")), Is.EqualTo((false, true)));
    }

    [TestCase(".dockerignore", "**/.vs\n", ".dockerignore does not leave out src/Api/obj and others: with **/bin and **/obj in it, a build of the .NET projects would not change the images")]
    [TestCase("src/Api/Dockerfile.dockerignore", "src/Shared/obj", "src/Api/Dockerfile.dockerignore does not leave out src/Api/obj: with **/bin and **/obj in it, a build of the .NET projects would not change the images")]
    [TestCase(".dockerignore", "**/obj\n", null)]
    [TestCase(".dockerignore", "*\n!src/Api/*.cs\n", null)]
    public void An_ignore_file_that_is_there_is_left_and_said_where_it_lets_them_in(string file, string text, string? expected)
    {
        Write(file, text);
        Dockerfile("COPY . .");

        Assert.That(Found().Proposed(), Is.Empty);
        Assert.That(Found().Remarks(), Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    private void Dockerfile(string instructions)
    {
        Write("src/Api/Dockerfile", "FROM scratch\n" + instructions + "\n");
        Write("README.md", "docker build -t api -f src/Api/Dockerfile .\n");
    }

    private IReadOnlyList<string> Patterns() => IgnoreFile.Read(Found().Proposed().Single().Content);

    private ContextLeftovers Found()
    {
        var survey = RepositorySurvey.Of(Root, TestContext.CurrentContext.CancellationToken);
        var text = ProposalText.Of(new GraphProposer(survey, Environment, Platform).Propose(TestContext.CurrentContext.CancellationToken));
        var diagnostics = new DiagnosticBag();
        var graph = ProposalCheck.Read(GraphFile, text, Environment, Platform, diagnostics);
        Assert.That(diagnostics.HasErrors, Is.False, string.Join('\n', diagnostics.Items));
        return new ContextLeftovers(survey, graph!);
    }
}
