using System.CommandLine;

namespace Orchestrator.Tool;

/// <summary>Options that are a number of things of which there is one in any case.</summary>
internal static class AtLeastOne
{
    /// <summary>Refuses zero and what is below it. What is no number is refused as such.</summary>
    public static void Require(Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => int.TryParse(token.Value, out var number) && number < 1))
        {
            result.AddError($"'{token.Value}' is no value of '{option.Name}', which is 1 or more.");
        }
    });
}
