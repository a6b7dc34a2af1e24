using Orchestrator.Diagnostics;
using Orchestrator.Fixing;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Fixing;

/// <summary>The reading of what would be written finds each way in which it could mean something else.</summary>
internal sealed class FixCheckTests : FixFixture
{
    private const string Graph = "images:\n  api: services/api\n  worker: { context: services/worker, args: { A: 1 } }\n";
    private const string Moved = "images:\n  api: { context: ., dockerfile: services/api/Dockerfile }\n  worker: { context: services/worker, args: { A: 1 } }\n";

    [TestCase("COPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n", Moved, null, TestName = "All_is_well")]
    [TestCase("COPY shared/ ./shared/\nCOPY services/worker/src/ ./src/\n", Moved, "'api' would take ROOT/services/worker/src in the place of ROOT/services/api/src", TestName = "Another_source")]
    [TestCase("COPY shared/ ./shared/\n", Moved, "'api' would take  in the place of ROOT/services/api/src", TestName = "A_source_less")]
    [TestCase("COPY ../shared/ ./shared/\nCOPY src/ ./src/\n", Moved, "'api' would take ROOT/src in the place of ROOT/services/api/src", TestName = "A_source_that_was_not_rewritten")]
    [TestCase("COPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n", "images:\n  api: { context: ., dockerfile: services/api/Dockerfile }\n", "there would be no image 'worker'", TestName = "An_image_that_is_gone")]
    [TestCase("COPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n", "images:\n  api: { context: ., dockerfile: services/api/Dockerfile }\n  worker: { context: services/worker, args: { A: 2 } }\n", "'worker' would be declared otherwise", TestName = "Another_image_with_other_arguments")]
    [TestCase("COPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n", "images:\n  api: { context: ., dockerfile: services/api/Dockerfile, image: x }\n  worker: { context: services/worker, args: { A: 1 } }\n", "'api' would be declared otherwise", TestName = "Another_name")]
    [TestCase("COPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n", "images: {\n", "error ORC1004", TestName = "Broken_YAML")]
    [TestCase("COPPY shared/ ./shared/\n", Moved, "error ORC20", TestName = "A_broken_Dockerfile")]
    public void What_would_be_wrong_is_told(string instructions, string yaml, string? expected)
    {
        Write("images.yml", Graph);
        var options = new GraphOptions(GraphFile, Environment);
        var before = LoadedGraph.Read(GraphReader.Read(options, new DiagnosticBag())!, "linux/amd64", new Dictionary<string, string>(), new DiagnosticBag())!.Graph;
        var texts = new Dictionary<string, string> { [GraphFile] = yaml, [Path.Join(Root, "services/api/Dockerfile")] = "FROM scratch\n" + instructions };

        var fault = new FixCheck(before, options, "linux/amd64", texts, ["api"]).Fault()?.Replace(Root, "ROOT", StringComparison.Ordinal);

        Assert.That(fault, expected is null ? Is.Null : Does.Contain(expected));
    }
}
