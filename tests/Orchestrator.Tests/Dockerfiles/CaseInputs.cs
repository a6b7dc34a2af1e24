using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>Reads a case's <c>inputs</c>: lines of <c>arg n=v</c>, <c>target n</c>, <c>platform p</c>, <c>context n</c>, <c>base ref n=v</c>, <c>trigger ref text</c>.</summary>
internal static class CaseInputs
{
    public static DockerfileInputs Read(string directory, string name)
    {
        var path = Path.Combine(directory, name, "inputs");
        return Parse(File.Exists(path) ? File.ReadAllLines(path) : []);
    }

    public static DockerfileInputs Parse(params string[] lines)
    {
        var arguments = new Dictionary<string, string>();
        var contexts = new HashSet<string>();
        var environments = new Dictionary<string, Dictionary<string, string>>();
        var triggers = new List<(string Base, string Text)>();
        var (target, platform) = ((string?)null, "linux/amd64");
        foreach (var line in lines)
        {
            var (key, rest, _) = Cut(line, ' ');
            var (first, second, hasSecond) = Cut(rest, key == "arg" ? '=' : ' ');
            switch (key)
            {
                case "arg":
                    arguments[first] = second;
                    break;
                case "target":
                    target = rest;
                    break;
                case "platform":
                    platform = rest;
                    break;
                case "context":
                    contexts.Add(rest);
                    break;
                default:
                    environments.TryAdd(first, []);
                    if (key == "trigger")
                    {
                        triggers.Add((first, second));
                    }
                    else if (hasSecond)
                    {
                        var (variable, value, _) = Cut(second, '=');
                        environments[first][variable] = value;
                    }

                    break;
            }
        }

        return new DockerfileInputs(arguments, platform, "linux/amd64", target)
        {
            NamedContexts = contexts,
            Bases = environments.ToDictionary(
                entry => entry.Key,
                entry => new BaseImage(entry.Value, [.. triggers.Where(trigger => trigger.Base == entry.Key).Select(trigger => trigger.Text)])),
        };
    }

    private static (string Before, string After, bool Found) Cut(string text, char separator)
    {
        var index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "", false) : (text[..index], text[(index + 1)..], true);
    }
}
