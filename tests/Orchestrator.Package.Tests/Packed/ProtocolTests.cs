using System.Globalization;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>What a person sees of what the tool reports.</summary>
internal sealed class ProtocolTests
{
    [Test]
    public async Task Lines_that_look_like_errors_build_with_none()
    {
        string[] harmless =
        [
            "ERROR: pip's dependency resolver does not currently take into account all the packages that are installed.",
            "main.c:3:1: warning: implicit declaration of function 'f'",
            "main.c:3:1: error: expected ';'",
            "/src/Program.cs(1,1): error CS0001: x",
            "error CS0001: x",
            "MSBUILD : error MSB1009: Project file does not exist.",
            "{0} {braces} %(Metadata) $(Property) @(Item)",
        ];
        var (repo, _) = Repo([.. harmless.Select(line => "orc1|message|high|" + line), .. harmless, .. harmless.Select(line => "!stderr " + line)]);

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Counts, Is.EqualTo((0, 0)), result.Output);
            Assert.That(result.Output, Does.Contain("{0} {braces} %(Metadata) $(Property) @(Item)"));
        });
    }

    /// <summary>That logger shows of all messages only those that begin with the project's name, and of these the last.</summary>
    [TestCase("images")]
    [TestCase("shop.containers")]
    public async Task A_terminal_shows_what_became_of_the_images(string name)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write(name + ".csproj", Workspace.ImagesProject);
        _ = new ScriptedTool(repo, "orc1|message|high|images -> app (built, 1.0 s)", "orc1|message|high|images -> 1 images: 1 built, in 1.0 s", "orc1|message|high|images of others");

        var terminal = await repo.DotNetAsync("build", "-tl:on");
        var lines = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(terminal.ExitCode, Is.Zero, terminal.Output);
            Assert.That(terminal.Output, Does.Match(System.Text.RegularExpressions.Regex.Escape(name) + ".*succeeded.*→ 1 images: 1 built, in 1[.]0 s"));
            Assert.That(lines.Output, Does.Contain($"  {name} -> app (built, 1.0 s)").And.Contain("images of others"));
        });
    }

    [Test]
    public async Task An_error_appears_at_its_place_with_all_its_lines()
    {
        var (repo, _) = Repo(@"orc1|error|ORC3001|https://help|/repo/web/Dockerfile|12|1|13|9|'app' failed: exit code 1 {0}\n  npm ERR! a\n  npm ERR! b", "!exit 1");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain("/repo/web/Dockerfile(12,1,13,9): error ORC3001: 'app' failed: exit code 1 {0}"));
            Assert.That(result.Output, Does.Contain("npm ERR! b").And.Not.Contain("MSB6006"));
        });
    }

    [TestCase("3|1|5|0", "(3,1)")]
    [TestCase("3|1|0|0", "(3,1)")]
    [TestCase("3|0|0|0", "(3)")]
    [TestCase("3|1|3|9", "(3,1,3,9)")]
    public async Task A_place_is_written_so_that_editors_find_it(string place, string expected)
    {
        var (repo, _) = Repo($"orc1|error|ORC3001||/repo/Dockerfile|{place}|text", "!exit 1");

        var result = await repo.DotNetAsync("build");

        Assert.That(result.Output, Does.Contain($"/repo/Dockerfile{expected}: error ORC3001: text"));
    }

    [Test]
    public async Task An_error_without_a_place_names_the_graph_file()
    {
        var (repo, _) = Repo("orc1|error|ORC0102|||0|0|0|0|No Docker Engine can be reached", "!exit 1");

        var result = await repo.DotNetAsync("build");

        Assert.That(result.Output, Does.Contain($"{repo.PathOf("images.yml")} : error ORC0102: No Docker Engine can be reached"));
    }

    [Test]
    public async Task An_end_without_a_reason_is_one_error_with_the_last_words()
    {
        var (repo, _) = Repo("!stderr Unhandled exception. System.Exception: boom", "!stderr    at Somewhere()", "!exit 134");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain("error ORC0004: ").And.Contain("exit code 134").And.Contain("System.Exception: boom"));
        });
    }

    [TestCase("orchestrator: 'abc' is no value of '--parallel'. 'orchestrator build --help' lists what there is.", "error ORC0008: 'abc' is no value of OrchestratorParallel.")]
    [TestCase("orchestrator: --report 'x.txt' has to end in .html or .json, which says how it is written. 'orchestrator build --help' lists what there is.", "error ORC0008: OrchestratorReport 'x.txt' has to end in .html or .json, which says how it is written.")]
    [TestCase("orchestrator: '--newer' is no option of 'build'. 'orchestrator build --help' lists what there is.", "error ORC0004: ")]
    public async Task What_a_property_says_and_the_tool_does_not_understand_is_one_error(string said, string expected)
    {
        var (repo, _) = Repo("!stderr " + said, "!exit 2");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain(expected).And.Not.Contain(expected + " 'orchestrator"));
        });
    }

    [Test]
    public async Task Another_version_of_the_protocol_is_one_error()
    {
        var (repo, _) = Repo("orc2|hello", "orc2|message|high|x");

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain("error ORC0005: "));
        });
    }

    [Test]
    public async Task A_temporary_folder_that_cannot_be_written_is_one_error()
    {
        var (repo, _) = Repo();
        var temporary = Directory.CreateDirectory(repo.PathOf("temporary")).FullName;
        repo.Write("images.csproj", """
            <Project Sdk="Orchestrator.Sdk">
              <PropertyGroup><OrchestratorBuildDependsOn>Spoil</OrchestratorBuildDependsOn></PropertyGroup>
              <Target Name="Spoil">
                <RemoveDir Directories="$(TMPDIR)" />
                <Touch Files="$(TMPDIR)" AlwaysCreate="true" />
              </Target>
            </Project>
            """);

        var result = await repo.With("TMPDIR", temporary).DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain($"error ORC0004: Orchestrator cannot start: its response file in '{temporary}").And.Not.Contain("   at "));
        });
    }

    [Test]
    public async Task A_missing_runtime_says_what_is_missing_and_what_to_do()
    {
        var (repo, tool) = Repo();
        var config = Path.Combine(tool.Folder, "Orchestrator.Tool.runtimeconfig.json");
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config)).Replace("\"10.0.0\"", "\"99.0.0\"", StringComparison.Ordinal));

        var result = await repo.DotNetAsync("build");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Counts, Is.EqualTo((0, 1)), result.Output);
            Assert.That(result.Output, Does.Contain("error ORC0003: ").And.Contain("'Microsoft.NETCore.App', version '99.0.0'").And.Contain("Install the .NET SDK"));
        });
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Cancelling_the_build_kills_the_tool(CancellationToken token)
    {
        var (repo, tool) = Repo("!hang");
        using var build = repo.Start("build", "-tl:off");
        var note = Path.Combine(tool.Folder, "pid.txt");
        while (!File.Exists(note) || (await File.ReadAllTextAsync(note, token)).Length == 0)
        {
            Assert.That(build.HasExited, Is.False);
            await Task.Delay(50, token);
        }

        var process = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(note, token), CultureInfo.InvariantCulture));
        using (var interrupt = System.Diagnostics.Process.Start("kill", ["-INT", build.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await interrupt.WaitForExitAsync(token);
        }

        await process.WaitForExitAsync(token);
        var output = await Command.OutputOfAsync(build);

        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(output, Does.Not.Contain("ORC0004"));
    }

    private static (Workspace Repo, ScriptedTool Tool) Repo(params string[] script)
    {
        var repo = new Workspace();
        repo.Write("images.yml", Workspace.Graph);
        repo.Write("images.csproj", Workspace.ImagesProject);
        return (repo, new ScriptedTool(repo, script));
    }
}
