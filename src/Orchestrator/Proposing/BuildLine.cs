using System.Text.RegularExpressions;

namespace Orchestrator.Proposing;

/// <summary>A line that calls <c>docker build</c>, taken apart as a shell would.</summary>
internal sealed partial record BuildLine
{
    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "--no-cache", "--pull", "-q", "--quiet", "--rm", "--force-rm", "--push", "--load", "--squash", "--compress", "-D", "--debug", "--check",
    };

    /// <summary>The folder that a <c>cd</c> before it goes to; null without one.</summary>
    public string? Folder { get; private init; }

    public required string Context { get; init; }

    public string? File { get; private init; }

    public string? Name { get; private init; }

    public string? Target { get; private init; }

    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; private init; } = [];

    /// <returns>Null when it builds nothing, or names its folder by a variable.</returns>
    public static BuildLine? Parse(string line)
    {
        var match = Command().Match(line);
        if (!match.Success)
        {
            return null;
        }

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = new List<KeyValuePair<string, string>>();
        string? context = null;
        var words = new Queue<string>(Word().Matches(match.Groups["rest"].Value).Select(word => word.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)));
        while (words.TryDequeue(out var word))
        {
            if (!word.StartsWith('-') || word == "-")
            {
                context ??= word;
                continue;
            }

            var (name, value) = Option(word, words);
            if (name == "build-arg" && value.Split('=', 2) is [var argument, var text] && IsPlain(value))
            {
                arguments.Add(new(argument, text));
            }
            else
            {
                options.TryAdd(name, value); // of several names the first one is the image's
            }
        }

        var file = options.GetValueOrDefault("file");
        return context is null or "-" || !IsPlain(context) || (file is not null && !IsPlain(file)) ? null : new BuildLine
        {
            Context = context,
            File = file,
            Folder = Change().Matches(line[..match.Index]) is { Count: > 0 } changes ? changes[^1].Groups["folder"].Value : null,
            Name = options.GetValueOrDefault("tag") is { } tag && IsPlain(tag) ? tag : null,
            Target = options.GetValueOrDefault("target") is { } target && IsPlain(target) ? target : null,
            Arguments = arguments,
        };
    }

    private static (string Name, string Value) Option(string word, Queue<string> words)
    {
        if (Flags.Contains(word))
        {
            return (word, "");
        }

        var (name, value) = word.Split('=', 2) is [var before, var after] && word.StartsWith("--", StringComparison.Ordinal) ? (before, after) : (word, words.TryDequeue(out var next) ? next : "");
        return (name switch { "-t" => "tag", "-f" => "file", _ => name.TrimStart('-') }, value);
    }

    /// <summary>Says the same to everybody: no variable and no placeholder of a document.</summary>
    private static bool IsPlain(string text) => text.Length > 0 && text.IndexOfAny(['$', '<', '{', '[', '%', '*', '…']) < 0 && !text.Contains("://", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w-])(?:docker|podman)\s+(?:buildx\s+|image\s+)?build\s+(?<rest>[^`;&|>#)]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?:""[^""]*""|'[^']*'|[^\s""'])+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w-])cd\s+(?<folder>[^\s;&|`]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Change();
}
