using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Findings;

/// <summary>The files that findings are about.</summary>
internal static class SourceLines
{
    private const long Largest = 4_000_000;

    /// <summary>What comes behind the first line of a finding that spans several.</summary>
    private const int Further = 10;

    /// <summary>The file up to the place, with stars for what is private in addresses. Empty when it cannot be read, or holds values rather than a build: a log shows no line of an env file, which may be a secret.</summary>
    public static IReadOnlyList<string> Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Span;
        if (span.Line < 1 || !IsSource(diagnostic))
        {
            return [];
        }

        try
        {
            return new FileInfo(span.File).Length > Largest ? [] : [.. File.ReadLines(span.File).Take(Math.Max(span.Line, span.EndLine) + Further).Select(Concealed)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsSource(Diagnostic diagnostic)
    {
        var isDockerfile = diagnostic.Rule.Code.StartsWith("ORC2", StringComparison.Ordinal) || diagnostic.Rule.Code.StartsWith("ORC3", StringComparison.Ordinal);
        return isDockerfile || Path.GetExtension(diagnostic.Span.File).ToLowerInvariant() is ".yml" or ".yaml" or ".lock";
    }

    /// <summary>As long as it was, so that places stay where they are.</summary>
    private static string Concealed(string line) => PrivateAddress.Replace(line, found => new string('*', found.Length));
}
