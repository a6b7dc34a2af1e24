using System;
using System.Collections.Generic;
using System.Linq;

namespace Orchestrator.Tasks;

/// <summary>Recognises what the .NET host says when it cannot find the runtime that the tool needs.</summary>
internal static class MissingRuntime
{
    /// <summary><c>FrameworkMissingFailure</c>, 0x80008096, and what is left of it where exit codes have eight bits.</summary>
    private static readonly int[] ExitCodes = [unchecked((int)0x80008096), 0x96];

    /// <summary>The diagnostic's text, or null when the host failed for another reason.</summary>
    public static string? Describe(int exitCode, string host, IReadOnlyCollection<string> standardError)
    {
        if (!ExitCodes.Contains(exitCode)
            || !standardError.Any(line => line.IndexOf("You must install or update .NET", StringComparison.OrdinalIgnoreCase) >= 0))
        {
            return null;
        }

        const string Label = "Framework:";
        var framework = standardError
            .Where(line => line.StartsWith(Label, StringComparison.Ordinal))
            .Select(line => line.Substring(Label.Length).Trim())
            .FirstOrDefault() ?? "of .NET 10 or later";
        return $"Orchestrator cannot start: '{host}' has no runtime {framework}. "
            + "Install the .NET SDK 10 or later (https://aka.ms/dotnet/download), or let global.json choose one; an SDK brings the runtime that is needed.";
    }
}
