using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>What the files of CI systems have in common: YAML, scripts with expressions in them, and jobs that exist only if there are enough waves.</summary>
internal static partial class WorkflowFile
{
    /// <summary>The pipelines of this run have this number.</summary>
    public const string RunNumber = "17";

    /// <summary>What tells one attempt of a job from the next.</summary>
    public const string Attempt = "2";

    public static YamlMappingNode Read(PageRepository repository, string path)
    {
        using var reader = new StreamReader(Path.Join(repository.Folder, path));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    public static YamlNode? Find(this YamlNode node, params string[] path)
    {
        var found = node;
        foreach (var key in path)
        {
            found = found is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var child) ? child : null;
        }

        return found;
    }

    public static string? Text(this YamlNode node, params string[] path) => (node.Find(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode node, params string[] path) => node.Find(path) as YamlSequenceNode ?? [];

    public static IEnumerable<(string Name, YamlMappingNode Value)> Mappings(this YamlNode? node) =>
        (node as YamlMappingNode ?? []).Children.Where(child => child.Value is YamlMappingNode).Select(child => (((YamlScalarNode)child.Key).Value!, (YamlMappingNode)child.Value));

    /// <summary>Variables that a file sets, without those that say where its system keeps an engine.</summary>
    public static void AddTo(this YamlNode? variables, Dictionary<string, string> environment)
    {
        foreach (var (key, value) in (variables as YamlMappingNode ?? []).Children)
        {
            if (((YamlScalarNode)key).Value is { } name && !name.StartsWith("DOCKER_", StringComparison.Ordinal))
            {
                environment[name] = ((YamlScalarNode)value).Value!;
            }
        }
    }

    /// <summary>Whether a job or step is for a push to the main branch that has so many waves; what it says of failures is true here.</summary>
    public static bool Holds(string? condition, int waves) =>
        condition is null || Waves().Match(condition) is not { Success: true } match || waves >= int.Parse(match.Groups["least"].Value, System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<string> RunAsync(PageRepository repository, string path, string script, IReadOnlyDictionary<string, string> environment)
    {
        Assert.That(script, Does.Not.Contain("${{").And.Not.Contain("$["), $"{path}: an expression that this test does not know");
        var result = await repository.RunAsync("set -e\n" + script, variables: environment);
        Assert.That(result.ExitCode, Is.Zero, $"{path}: {script}\n{result.Output}");
        return result.Output;
    }

    [GeneratedRegex(@"waves\b[^\d]*(?<least>\d+)")]
    private static partial Regex Waves();
}
