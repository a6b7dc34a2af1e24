using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tool;

/// <summary>A command line that cannot be understood, in a sentence or two.</summary>
internal static class UsageError
{
    /// <returns>Null when it can be understood.</returns>
    public static string? Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var isRoot = !command.Parents.Any();
        var unknown = Unknown(parse).ToList();
        if (unknown.Count == 0 && parse.Errors.Count == 0)
        {
            return null;
        }

        var known = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name)).ToList();
        var told = unknown.Count > 0
            ? unknown.Select(token => $"'{token}' is no {(token.StartsWith('-') ? "option" : isRoot ? "command" : "argument")}{(isRoot ? "" : $" of '{command.Name}'")}.{DidYouMean.Phrase(token, known)}")
            : parse.Errors.Select(Words).Distinct(StringComparer.Ordinal);
        return $"orchestrator: {string.Join(' ', told)} '{(isRoot ? "orchestrator" : $"orchestrator {command.Name}")} --help' lists what there is.";
    }

    /// <summary>Of arguments too: none of ours begins like an option, so what does is a misspelt one.</summary>
    private static IEnumerable<string> Unknown(ParseResult parse) => parse.UnmatchedTokens
        .Concat(parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(value => value.StartsWith('-')));

    /// <summary>Without the name of a type in C#, and with the name of what is missing.</summary>
    private static string Words(ParseError error)
    {
        var isUnfit = error.Message.StartsWith("Cannot parse", StringComparison.Ordinal);
        return (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult, error.SymbolResult) switch
        {
            ({ } option, _) => isUnfit ? NoValue(option.Tokens, option.Option.Name, option.Option.HelpName) : error.Message,
            (null, ArgumentResult argument) => isUnfit ? NoValue(argument.Tokens, argument.Argument.Name, argument.Argument.HelpName)
                : argument.Tokens.Count == 0 ? $"The argument '{argument.Argument.Name}' is missing." : error.Message,
            _ => error.Message,
        };
    }

    /// <param name="values">Those that there are, with bars between them; anything else is not told.</param>
    private static string NoValue(IEnumerable<Token> tokens, string name, string? values) =>
        $"'{string.Join(' ', tokens.Select(token => token.Value))}' is no value of '{name}'{(values?.Contains('|') == true ? $", which is {values.Replace("|", ", ", StringComparison.Ordinal)}" : "")}.";
}
