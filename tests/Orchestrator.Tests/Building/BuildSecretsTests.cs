using System.Text;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Building;

/// <summary>Where the values of secrets come from.</summary>
internal sealed class BuildSecretsTests : GraphFixture
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [TestCase("compose.yaml", "services: { api: { build: { context: ., secrets: [npm] } } }\nsecrets: { npm: { environment: TOKEN } }\n")]
    [TestCase("images.yml", "images: { api: { context: ., secrets: [{ id: npm, env: TOKEN }] } }\n")]
    public async Task A_variable_may_be_in_an_env_file_and_the_process_wins(string file, string text)
    {
        Write("Dockerfile");
        Write(".env", "TOKEN=canary\n");
        var build = Graph(file, text).Images[0].Build;

        Assert.That(await ValueAsync(build, NoVariables), Is.EqualTo("canary"));
        Assert.That(await ValueAsync(build, new Dictionary<string, string> { ["TOKEN"] = "own" }), Is.EqualTo("own"));
        Assert.That($"{build.Secrets[0]}", Does.Contain("TOKEN").And.Not.Contain("canary"));
    }

    private static async Task<string?> ValueAsync(BuildDefinition build, IReadOnlyDictionary<string, string> environment) =>
        await new BuildSecrets(build, environment).FindAsync("npm", CancellationToken.None) is { } value ? Encoding.UTF8.GetString(value) : null;

    private ImageGraph Graph(string file, string text)
    {
        var (graph, diagnostics) = ReadFile(Write(file, text));
        Assert.That(diagnostics.Where(item => item.Severity == Severity.Error), Is.Empty);
        return graph!;
    }
}
