using System.Collections.Generic;
using System.Linq;

namespace Orchestrator.Tasks;

/// <summary>
/// The tool's arguments as a response file: one token per line, quoted where the format (System.CommandLine's) would split it
/// or take it for a comment. The format can express neither a quotation mark nor a token that starts with <c>@</c>.
/// </summary>
internal sealed class ToolArguments
{
    private readonly List<string> _tokens = [];

    public IReadOnlyList<string> Tokens => _tokens;

    public ToolArguments Add(string token)
    {
        _tokens.Add(token);
        return this;
    }

    public ToolArguments AddFlag(string option, bool given) => given ? Add(option) : this;

    public ToolArguments AddOption(string option, string? value) => string.IsNullOrWhiteSpace(value) ? this : Add(option).Add(value!.Trim());

    /// <param name="values">The option is given once for each.</param>
    public ToolArguments AddOptions(string option, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            AddOption(option, value);
        }

        return this;
    }

    public ToolArguments AddImages(string? names)
    {
        _tokens.AddRange((names ?? string.Empty).Split(';').Select(name => name.Trim()).Where(name => name.Length > 0));
        return this;
    }

    public string ToResponseFile() => string.Join("\n", _tokens.Select(Quote)) + "\n";

    private static string Quote(string token) =>
        token.Length > 0 && token[0] != '#' && !token.Any(char.IsWhiteSpace) ? token : "\"" + token + "\"";
}
