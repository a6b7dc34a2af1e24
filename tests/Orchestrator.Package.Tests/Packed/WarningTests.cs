namespace Orchestrator.Package.Tests.Packed;

/// <summary>The usual switches for warnings work on ours.</summary>
internal sealed class WarningTests
{
    private const string NoEngine = "orc1|warning|ORC0101||/repo/images.yml|1|1|1|1|No Docker Engine can be reached";
    private const string Other = "orc1|warning|ORC2099||/repo/Dockerfile|3|1|3|1|something odd";

    [TestCase("", 2, 0)]
    [TestCase("<NoWarn>$(NoWarn);ORC2099</NoWarn>", 1, 0)]
    [TestCase("<NoWarn>$(NoWarn);ORC2099;ORC0101</NoWarn>", 0, 0)]
    [TestCase("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", 1, 1)]
    [TestCase("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>ORC2099</WarningsNotAsErrors>", 2, 0)]
    [TestCase("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><NoWarn>ORC2099</NoWarn>", 1, 0)]
    [TestCase("<WarningsAsErrors>ORC2099</WarningsAsErrors>", 1, 1)]
    [TestCase("<WarningsAsErrors>ORC0101</WarningsAsErrors>", 1, 1)]
    public async Task In_the_project(string properties, int warnings, int errors)
    {
        var result = await BuildAsync(properties);

        Assert.That(result.Counts, Is.EqualTo((warnings, errors)), result.Output);
        Assert.That(result.ExitCode, Is.EqualTo(errors == 0 ? 0 : 1));
    }

    [TestCase("-warnaserror:ORC2099", 1, 1)]
    [TestCase("-warnaserror", 0, 2)]
    [TestCase("-warnasmessage:ORC2099", 1, 0)]
    [TestCase("-nowarn:ORC2099", 1, 0)]
    [TestCase("-p:NoWarn=ORC0101%3BORC2099", 0, 0)]
    public async Task On_the_command_line(string argument, int warnings, int errors)
    {
        var result = await BuildAsync("", argument);

        Assert.That(result.Counts, Is.EqualTo((warnings, errors)), result.Output);
        Assert.That(result.ExitCode, Is.EqualTo(errors == 0 ? 0 : 1));
    }

    private static async Task<CommandResult> BuildAsync(string properties, params string[] arguments)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", $"""<Project Sdk="Orchestrator.Sdk"><PropertyGroup>{properties}</PropertyGroup></Project>""");
        _ = new ScriptedTool(repo, NoEngine, Other);
        return await repo.DotNetAsync(["build", .. arguments]);
    }
}
