namespace Orchestrator.Package.Tests.Packed;

/// <summary>What a <c>Directory.Build.props</c> says for the code of a repository.</summary>
internal sealed class InheritedSettingTests
{
    private static readonly string[] Settings =
    [
        "PublishAot", "PublishTrimmed", "PublishSingleFile", "PublishReadyToRun", "PublishSelfContained", "SelfContained", "IsAotCompatible", "IsTrimmable",
        "EnableAotAnalyzer", "EnableTrimAnalyzer", "EnableSingleFileAnalyzer",
    ];

    [TestCaseSource(nameof(Settings))]
    public async Task A_setting_for_programs_does_not_reach_images(string setting)
    {
        var repo = Images($"<PropertyGroup><{setting}>true</{setting}></PropertyGroup>");
        _ = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Counts, Is.EqualTo((0, 0)), result.Output);
    }

    [Test]
    public async Task Runtimes_and_frameworks_do_not_either()
    {
        var repo = Images("""
            <PropertyGroup><RuntimeIdentifier>linux-x64</RuntimeIdentifier><RuntimeIdentifiers>linux-x64;win-x64</RuntimeIdentifiers><SelfContained>true</SelfContained></PropertyGroup>
            <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
            """);
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("publish", "-p:OrchestratorPush=true");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(result.Output, Does.Not.Contain("warning"));
        Assert.That(tool.Calls.Select(call => call[0]), Is.EqualTo(new[] { "build", "push" }));
    }

    [TestCase("true", "error")]
    [TestCase("True", "error")]
    [TestCase("false", "warn")]
    [TestCase("1", "warn")]
    [TestCase("woodpecker", "warn")]
    public async Task A_build_agent_is_one_where_that_is_true(string value, string engineMissing)
    {
        var repo = Images("<PropertyGroup><ContinuousIntegrationBuild>$(CI)</ContinuousIntegrationBuild></PropertyGroup>").With("CI", value);
        var tool = new ScriptedTool(repo);

        var result = await repo.DotNetAsync("build", "-t:Build;OrchestratorPlan");

        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(tool.Calls.Select(call => call[Array.IndexOf(call, "--engine-missing") + 1]), Is.EqualTo(new[] { engineMissing, engineMissing }));
    }

    private static Workspace Images(string props)
    {
        var repo = new Workspace();
        repo.Write("Directory.Build.props", $"<Project>{props}</Project>");
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        return repo;
    }
}
