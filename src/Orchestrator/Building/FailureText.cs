using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Turns the daemon's failure into one diagnostic at the Dockerfile's line, with the failing step's last lines.</summary>
internal static class FailureText
{
    private static readonly string[] Noise =
    [
        "failed to solve: ", "rpc error: code = Unknown desc = ", "failed to compute cache key: ", "dockerfile.v0: ", "failed to process ",
    ];

    public static Diagnostic Of(SolveException exception, PlannedImage planned, StepLog log)
    {
        var lines = exception.VertexDigest is { } digest ? log.Tail(digest) : [];
        var text = Shorten(exception.Message);
        if (exception.ExitCode is { } code && !text.Contains($"exit code: {code}", StringComparison.Ordinal))
        {
            text += $" (exit code {code})";
        }

        var tail = string.Concat(lines.Select(line => "\n  | " + line));
        return Rules.StepFailed.At(Span(exception.Sources, planned.Image), planned.Image.Node.DisplayName, text + tail);
    }

    public static Diagnostic Of(WarningUpdate warning, PlannedImage planned)
    {
        var link = warning.Url.Length > 0 ? $" ({warning.Url})" : "";
        return Rules.BuilderWarning.At(Span(warning.Ranges, planned.Image), warning.Short + link) with { HelpLink = warning.Url };
    }

    private static SourceSpan Span(IReadOnlyList<SourceRange> ranges, ResolvedImage image)
    {
        var inline = image.Node.Build.DockerfileInline;
        if (inline is { } text)
        {
            return text.Span;
        }

        var file = image.Node.Build.Dockerfile.Value;
        return ranges.Count == 0 || ranges[0].StartLine == 0
            ? new SourceSpan(file)
            : new SourceSpan(file, ranges[0].StartLine, 1, ranges.Where(range => range.FileName == ranges[0].FileName).Max(range => range.EndLine));
    }

    private static string Shorten(string message)
    {
        var text = message;
        foreach (var noise in Noise)
        {
            text = text.Replace(noise, "", StringComparison.Ordinal);
        }

        return text.Trim();
    }
}
