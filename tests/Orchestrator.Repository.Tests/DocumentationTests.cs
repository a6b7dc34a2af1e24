using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Repository.Tests;

/// <summary>What pages speak of exists: pages and their sections, commands and options, properties and targets, diagnostics. That commands do what pages say is seen where they are run.</summary>
internal sealed partial class DocumentationTests
{
    private const string Reference = "nuget/docs/reference.md";

    /// <summary>Properties of MSBuild itself, or of its SDK, that begin as ours do.</summary>
    /// <summary>An item, and what packing takes.</summary>
    private static readonly string[] NotProperties = ["OrchestratorImage", "OrchestratorMachineCode"];

    private static IEnumerable<string> Pages =>
        ["README.md", "nuget/README.md", .. Directory.EnumerateFiles(Path.Join(SourceTree.Root, "nuget", "docs"), "*.md").Select(SourceTree.Relative).Order(StringComparer.Ordinal)];

    [Test]
    public void The_reference_is_the_code() => Golden.CheckFile(Reference, ReferencePage.Text());

    [Test]
    public void Properties_and_options_that_mean_the_same_exist()
    {
        var options = ReferencePage.Commands().Subcommands.SelectMany(command => command.Options).Select(option => option.Name).ToHashSet(StringComparer.Ordinal);
        var properties = MSBuildSurface.Read().Properties;

        Assert.That(PropertyOptions.All.Where(pair => !properties.Contains(pair.Property) && pair.Property != "NoBuild"), Is.Empty);
        Assert.That(PropertyOptions.All.SelectMany(pair => Option().Matches(pair.Option)).Select(match => match.Value).Where(option => !options.Contains(option)), Is.Empty);
    }

    /// <summary>Items are made of what the tool reports, so that is where their metadata are named.</summary>
    [Test]
    public void Metadata_of_images_are_explained_in_the_order_in_which_they_are_reported()
    {
        var reporter = Read("src/Orchestrator.Tool/Reporters/MSBuildReporter.cs");

        Assert.That(MetadataRow().Matches(Read(Reference)).Select(match => match.Groups["name"].Value), Is.EqualTo(MetadataField().Matches(reporter).Select(match => match.Groups["name"].Value).Where(name => name != "PublishTags").Prepend("Identity").Append("PublishTags")));
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Join(SourceTree.Root, page))!;
        var broken = Link().Matches(Prose(page)).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)).Where(target => !Leads(target.Split('#'), folder, page));

        Assert.That(broken, Is.Empty);
    }

    /// <summary>Every page can be reached from the README, which is where people begin.</summary>
    [Test]
    public void The_readme_points_to_every_page()
    {
        var readme = File.ReadAllText(Path.Join(SourceTree.Root, "README.md"));

        Assert.That(Pages.Where(page => page.StartsWith("nuget/docs/", StringComparison.Ordinal) && !readme.Contains($"]({page}", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Commands_and_options_exist(string page)
    {
        var root = ReferencePage.Commands();
        var wrong = new List<string>();
        foreach (Match use in CommandUse().Matches(Read(page)))
        {
            var command = root.Subcommands.FirstOrDefault(command => command.Name == use.Groups["command"].Value);
            wrong.AddRange(command is null ? [use.Value] : Option().Matches(use.Groups["rest"].Value).Select(match => match.Value).Except(["--help"]).Where(name => command.Options.All(option => option.Name != name && !option.Aliases.Contains(name))).Select(name => $"{use.Value}: {name}"));
        }

        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Each command is shown at work somewhere, where it is run.</summary>
    [Test]
    public void Every_command_is_shown()
    {
        var shown = Pages.SelectMany(page => CommandUse().Matches(Read(page))).Where(use => use.Value.StartsWith('$')).Select(use => use.Groups["command"].Value);

        Assert.That(ReferencePage.Commands().Subcommands.Where(command => !command.Hidden).Select(command => command.Name).Except(shown), Is.Empty);
    }

    /// <summary>An option in backticks by itself is one of some command, or of a program that the page is about.</summary>
    [TestCaseSource(nameof(Pages))]
    public void Options_by_themselves_exist(string page)
    {
        string[] others = ["--help", "--checksum", "--filter", "--list-tests", "--parents", "--from"];
        var options = ReferencePage.Commands().Subcommands.SelectMany(command => command.Options).Select(option => option.Name).Concat(others).ToHashSet(StringComparer.Ordinal);

        Assert.That(LoneOption().Matches(Prose(page)).Select(match => match.Groups["option"].Value).Where(option => !options.Contains(option)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Properties_targets_and_diagnostics_exist(string page)
    {
        var text = Read(page);
        var surface = MSBuildSurface.Read();
        var codes = Rules.All.Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);

        Assert.That(Name().Matches(text).Select(match => match.Value).Except(NotProperties).Where(name => !surface.Properties.Contains(name) && !surface.Targets.Contains(name)), Is.Empty);
        Assert.That(Code().Matches(text).Select(match => match.Value).Where(code => !codes.Contains(code)), Is.Empty);
    }

    private static bool Leads(string[] target, string folder, string page)
    {
        var file = target[0].Length == 0 ? Path.Join(SourceTree.Root, page) : Path.GetFullPath(target[0], folder);
        return target.Length == 1 ? File.Exists(file) || Directory.Exists(file) : File.Exists(file) && File.ReadLines(file).Any(line => line.StartsWith('#') && Anchor(line) == target[1]);
    }

    /// <summary>As GitHub and its like name headings.</summary>
    private static string Anchor(string heading) => NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Read(string page) => File.ReadAllText(Path.Join(SourceTree.Root, page));

    /// <summary>Without the blocks.</summary>
    private static string Prose(string page) => Block().Replace(Read(page), "");

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:^\$ (?:dotnet )?|^.*(?:run|script|- ).*dotnet |`|; |&& )orchestrator (?<command>[a-z]+)(?<rest>[^`\n;&|]*)", RegexOptions.Multiline)]
    private static partial Regex CommandUse();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"`(?<option>--[a-z][a-z-]*)[^`]*`")]
    private static partial Regex LoneOption();

    [GeneratedRegex(@"(?<![\w./])Orchestrator[A-Z]\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<=^\| Metadata .*\n(?:\|.*\n)*)\| `(?<name>[A-Z]\w+)` ", RegexOptions.Multiline)]
    private static partial Regex MetadataRow();

    [GeneratedRegex("\"(?<name>[A-Z]\\w+)=\"")]
    private static partial Regex MetadataField();

    [GeneratedRegex(@"\bORC\d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
