using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Tool;

namespace Orchestrator.Repository.Tests;

/// <summary>The page that lists all there is, made from the code: commands and options, properties and targets, keys of <c>images.yml</c>, diagnostics.</summary>
internal static partial class ReferencePage
{
    /// <summary>The mappings of a graph file in the order of the page, with what a person calls them.</summary>
    private static readonly (KeyPlaces Place, string Title)[] Places =
    [
        (KeyPlaces.Graph, "Top level"), (KeyPlaces.Image, "An image, under `images`"), (KeyPlaces.Defaults, "`defaults`"), (KeyPlaces.Target, "A target, under `targets` of an image"),
        (KeyPlaces.ImageSecret, "A secret, under `secrets` of an image"), (KeyPlaces.GraphSecret, "A secret, under the top-level `secrets`"), (KeyPlaces.Ulimit, "A limit, under `ulimits`"),
        (KeyPlaces.Environment, "An environment, under `environments`"), (KeyPlaces.Cache, "`cache`"), (KeyPlaces.Test, "A test, in `test`"), (KeyPlaces.TestFile, "A file, under `files` of a test"),
        (KeyPlaces.Project, "A .NET project, in `project`"),
    ];

    public static string Text()
    {
        var text = new StringBuilder("# Reference\n\nGenerated from the code: what is not here does not exist.\n\n- [Commands](#commands)\n- [MSBuild](#msbuild)\n- [Keys of images.yml](#keys-of-imagesyml)\n- [Diagnostics](#diagnostics)\n");
        WriteCommands(text);
        WriteMSBuild(text);
        WriteKeys(text);
        WriteDiagnostics(text);
        return text.ToString();
    }

    /// <summary>All that can be typed.</summary>
    public static Command Commands() => CommandTree.Create(new CommonOptions(), ToolEnvironment.Capture()!);

    private static void WriteCommands(StringBuilder text)
    {
        text.Append("\n## Commands\n\nExit codes: 0 done, 1 failed, 2 usage, 130 cancelled. `--help` behind any command shows it in a terminal.\n");
        foreach (var command in Commands().Subcommands.Where(command => !command.Hidden))
        {
            var arguments = string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.Name}" : argument.Arity.MaximumNumberOfValues > 1 ? $" [{argument.Name}…]" : $" [{argument.Name}]"));
            text.Append("\n### orchestrator ").Append(command.Name).Append("\n\n`orchestrator ").Append(command.Name).Append(arguments).Append("`: ").Append(command.Description).Append('\n');
            if (command.Arguments.Count + command.Options.Count == 0)
            {
                continue;
            }

            text.Append("\n| | means | default |\n| --- | --- | --- |\n");
            foreach (var argument in command.Arguments)
            {
                var (means, @default) = Split(argument.Description);
                text.Append("| ").Append(argument.Name).Append(" | ").Append(Cell(means)).Append(" | ").Append(Cell(@default)).Append(" |\n");
            }

            foreach (var option in command.Options.Where(option => !option.Hidden))
            {
                Write(text, option);
            }
        }
    }

    private static void Write(StringBuilder text, Option option)
    {
        var (means, @default) = Split(option.Description);
        var isSwitch = option.ValueType == typeof(bool);
        if (@default.Length == 0 && !isSwitch && option.HasDefaultValue)
        {
            @default = $"{option.GetDefaultValue()}".ToLowerInvariant();
        }

        var names = option.Aliases.Prepend(option.Name).Select(name => $"`{name}`");
        var value = isSwitch ? "" : option.HelpName is null ? " " + option.Name.TrimStart('-').ToUpperInvariant() : $" {option.HelpName.Replace("|", ", ", StringComparison.Ordinal)}";
        text.Append("| ").AppendJoin(", ", names).Append(value).Append(" | ").Append(Cell(means)).Append(" | ").Append(Cell(@default.Length > 0 ? @default : isSwitch ? "off" : "none")).Append(" |\n");
    }

    /// <summary>The package's own page explains targets and properties, and a test holds it complete; here they stand beside the options.</summary>
    private static void WriteMSBuild(StringBuilder text)
    {
        var readme = File.ReadAllLines(Path.Join(SourceTree.Root, "nuget", "README.md"));
        text.Append("\n## MSBuild\n\nTargets and properties of `Sdk=\"Orchestrator.Sdk\"`, and of a `PackageReference` to it. On a command line the semicolon of a list is written `%3B`.\n\n");
        text.AppendJoin('\n', readme.SkipWhile(line => !line.StartsWith("| Target", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)).Append("\n\n");
        text.AppendJoin('\n', readme.SkipWhile(line => !line.StartsWith("| Property", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)).Append('\n');
        text.Append("\nOf each `@(OrchestratorImage)`, which `OrchestratorBuild` and `OrchestratorPlan` return; a target of yours with `AfterTargets=\"OrchestratorBuild\"` finds them ([an example](develop.md#what-was-built-as-items)):\n\n");
        text.AppendJoin('\n', readme.SkipWhile(line => !line.StartsWith("| Metadata", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)).Append('\n');
        text.Append("\nThe same as an option:\n\n| property | option |\n| --- | --- |\n");
        foreach (var (property, option) in PropertyOptions.All)
        {
            text.Append("| `").Append(property).Append("` | ").Append(option).Append(" |\n");
        }
    }

    private static void WriteKeys(StringBuilder text)
    {
        text.Append("\n## Keys of images.yml\n\nAn entry of `images` is a Compose `build` section with a few more keys. Keys that begin with `x-` are ignored; a key that is not in these lists is an error. Paths are relative to the file's folder, a `dockerfile` to its context.\n");
        foreach (var (place, title) in Places)
        {
            var keys = GraphKeys.All.Where(key => key.Places.HasFlag(place) && key.Support != KeySupport.OfCompose).ToList();
            text.Append("\n### ").Append(title).Append("\n\n| key | takes | means | default |\n| --- | --- | --- | --- |\n");
            foreach (var key in keys.Where(key => key.Support == KeySupport.Honoured))
            {
                var (means, @default) = Split(key.Description);
                text.Append("| `").Append(key.Name).Append("` | ").Append(Forms(key.Forms)).Append(" | ").Append(Cell(means)).Append(" | ").Append(Cell(@default)).Append(" |\n");
            }

            var later = keys.Where(key => key.Support == KeySupport.NotYet).Select(key => $"`{key.Name}`").ToList();
            text.Append(later.Count > 0 ? $"\nNot supported yet, and an error that says so: {string.Join(", ", later)}.\n" : "");
        }
    }

    private static string Forms(KeyForms forms) => string.Join(", ", new[] { (KeyForms.Text, "a value"), (KeyForms.List, "a list"), (KeyForms.Map, "a mapping") }.Where(form => forms.HasFlag(form.Item1)).Select(form => form.Item2));

    private static void WriteDiagnostics(StringBuilder text)
    {
        text.Append("\n## Diagnostics\n\nWhat varies in a message is `…` here. `ORC0…` environment and engine, `ORC1…` graph file and Compose, `ORC2…` Dockerfile and context, `ORC3…` build and tests, `ORC4…` tags, registries, lock and CI. A warning *of the moment* is about a machine, an engine or a registry as it is now, and stays one in an images project with `TreatWarningsAsErrors`.\n\n| code | severity | says | what to do |\n| --- | --- | --- | --- |\n");
        foreach (var rule in Rules.All)
        {
            var severity = rule.Severity switch { Severity.Error => "error", Severity.Warning => rule.IsOfTheMoment ? "warning of the moment" : "warning", _ => "message" };
            text.Append("| ").Append(rule.Code).Append(" | ").Append(severity).Append(" | ").Append(Cell(Placeholder().Replace(rule.Format, "…"))).Append(" | ").Append(Cell(Placeholder().Replace(rule.Help, "…"))).Append(" |\n");
        }
    }

    /// <summary>Descriptions say what holds when nothing is said.</summary>
    private static (string Means, string Default) Split(string? description) =>
        Default().Match(description ?? "") is { Success: true } match ? ($"{match.Groups["means"].Value.TrimEnd(';', '.', ' ')}.{match.Groups["more"].Value}", match.Groups["default"].Value) : (description ?? "", "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A(?<means>.*)\b[Dd]efault: (?<default>.*?)(?:\.(?<more> [A-Z].*)|\.?)\z", RegexOptions.Singleline)]
    private static partial Regex Default();
}
