using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Orchestrator.Repository.Tests;

/// <summary>What others may rely on, kept as lists: it changes only on purpose.</summary>
internal sealed class SurfaceTests
{
    [TestCase("Orchestrator.BuildKit")]
    [TestCase("Orchestrator.Docker")]
    [TestCase("Orchestrator.Registry")]
    [TestCase("Orchestrator")]
    [TestCase("Orchestrator.Tool")]
    [TestCase("Orchestrator.Tasks")]
    public void The_public_types_of_an_assembly_are_the_ones_listed(string assembly) => Golden.Check(assembly + ".txt", PublicApi.Of(Assembly.Load(assembly)));

    [Test]
    public void Every_project_of_the_sources_has_its_list()
    {
        var projects = Directory.EnumerateDirectories(Path.Join(SourceTree.Root, "src")).Select(folder => Path.GetFileName(folder)!);
        var listed = GetType().GetMethod(nameof(The_public_types_of_an_assembly_are_the_ones_listed))!.GetCustomAttributes<TestCaseAttribute>().Select(test => test.Arguments[0]);

        Assert.That(listed, Is.EquivalentTo(projects));
    }

    [Test]
    public void The_properties_items_and_targets_of_the_package_are_the_ones_listed() => Golden.Check("msbuild.txt", MSBuildSurface.Read().ToString());

    [Test]
    public void The_package_explains_each_of_its_properties_and_targets()
    {
        var readme = File.ReadAllText(Path.Join(SourceTree.Root, "nuget", "README.md"));
        var surface = MSBuildSurface.Read();

        Assert.That(surface.Properties.Concat(surface.Targets.Where(name => name.StartsWith("Orchestrator", StringComparison.Ordinal))).Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_commands_and_options_are_the_ones_listed()
    {
        var text = new StringBuilder();
        foreach (var command in new[] { "" }.Concat(Commands(await HelpAsync(""))))
        {
            text.Append("$ orchestrator ").Append(command).Append(command.Length > 0 ? " " : "").Append("--help\n").Append(await HelpAsync(command)).Append('\n');
        }

        Golden.Check("command.txt", text.ToString());
    }

    /// <returns>The first word of each line below "Commands:".</returns>
    private static IEnumerable<string> Commands(string help) =>
        help.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);

    private static async Task<string> HelpAsync(string command)
    {
        var tool = Path.Join(AppContext.BaseDirectory, "Orchestrator.Tool.dll");
        string[] arguments = ["exec", tool, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.Zero);
        return string.Join('\n', lines).TrimEnd() + "\n";
    }
}
