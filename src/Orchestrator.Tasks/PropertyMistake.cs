using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Orchestrator.Tasks;

/// <summary>What the tool says of a value on its command line, said of the property that the value comes from.</summary>
internal static class PropertyMistake
{
    /// <summary>How the tool ends when it does not understand its command line.</summary>
    public const int ExitCode = 2;

    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["--environment"] = "OrchestratorEnvironment",
        ["--parallel"] = "OrchestratorParallel",
        ["--output"] = "OrchestratorOutput",
        ["--keep"] = "OrchestratorKeep",
        ["--report"] = "OrchestratorReport",
        ["--engine-missing"] = "OrchestratorEngineMissing",
        ["--version"] = "OrchestratorVersion",
        ["--commit"] = "OrchestratorCommit",
        ["--branch"] = "OrchestratorBranch",
        ["--manifest"] = "OrchestratorPushManifest",
        ["--trx"] = "OrchestratorTestResults",
        ["--junit"] = "OrchestratorTestJUnit",
    };

    /// <param name="said">Lines of standard error.</param>
    /// <returns>Null where it is about nothing that a property says.</returns>
    public static string? Describe(IEnumerable<string> said)
    {
        if (said.FirstOrDefault(line => line.StartsWith("orchestrator: ", StringComparison.Ordinal)) is not { } line)
        {
            return null;
        }

        var isFound = false;
        var named = Regex.Replace(line, @"'?(?<option>--[a-z][a-z-]*)'?", match =>
        {
            isFound |= Properties.TryGetValue(match.Groups["option"].Value, out var property);
            return property ?? match.Value;
        });
        return isFound ? Regex.Replace(named, "^orchestrator: | '[^']*--help' lists what there is\\.$", "") : null;
    }
}
