using System.Text.RegularExpressions;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Turns the daemon's failure into one diagnostic at the Dockerfile's line, with the failing step's last lines.</summary>
internal static partial class FailureText
{
    /// <summary>What the kernel says of a program of another architecture that nothing emulates.</summary>
    private const string ForeignProgram = "exec format error";

    private static readonly string[] Noise =
    [
        "failed to solve: ", "rpc error: code = Unknown desc = ", "failed to compute cache key: ", "dockerfile.v0: ", "failed to process ",
    ];

    public static Diagnostic Of(SolveException exception, PlannedImage planned, StepLog log)
    {
        var privacy = new PrivateText(planned.Image);
        if (Moved(exception.Message, planned, privacy) is { } moved)
        {
            return moved with { Cause = exception.VertexDigest };
        }

        var lines = exception.VertexDigest is { } digest ? log.Tail(digest) : [];
        var place = Span(exception.Sources, planned.Image);
        if (lines.FirstOrDefault(line => line.Contains(ForeignProgram, StringComparison.Ordinal)) is { } foreign && StepPlatform.Of(planned.Image, place) is { } platform)
        {
            return Rules.NoEmulation.At(place, planned.Image.Node.DisplayName, platform, "\n  | " + foreign) with { Cause = exception.VertexDigest };
        }

        var command = Command().Match(exception.Message);
        var text = command.Success
            ? $"the command `{Quoted(privacy.Hide(command.Groups["command"].Value))}` ended with exit code: {command.Groups["code"].Value}"
            : privacy.Hide(Shorten(exception.Message));
        if (exception.ExitCode is { } code && !text.Contains($"exit code: {code}", StringComparison.Ordinal))
        {
            text += $" (exit code {code})";
        }

        var tail = string.Concat(lines.Select(line => "\n  | " + line));
        var found = exception.Sources.Count > 0 ? null
            : FailurePlace.Find(planned, command.Success ? command.Groups["command"].Value : null, $"{text}\n{log.Name(exception.VertexDigest)}");
        return Rules.StepFailed.At(found ?? place, planned.Image.Node.DisplayName, text + tail) with { Cause = exception.VertexDigest };
    }

    /// <summary>Something of the network is not what the lock says, or would be taken past it.</summary>
    private static Diagnostic? Moved(string message, PlannedImage planned, PrivateText privacy)
    {
        if (Mismatch().Match(message) is { Success: true } mismatch && planned.LockedUses.FirstOrDefault(locked => locked.Pin.Digest == mismatch.Groups["wanted"].Value) is { } file)
        {
            return Rules.RemoteMoved.At(file.Use.Url.Span, file.Pin.Source, file.Pin.Digest, mismatch.Groups["found"].Value);
        }

        return planned.LockedUses.Count > 0 && Denied().Match(message) is { Success: true } denied
            ? Rules.PastTheLock.At(planned.LockedUses[0].Use.Url.Span, planned.Image.Node.DisplayName, privacy.Hide(denied.Value))
            : null;
    }

    [GeneratedRegex("digest mismatch (?<found>sha256:[0-9a-f]{64}): (?<wanted>sha256:[0-9a-f]{64})", RegexOptions.CultureInvariant)]
    private static partial Regex Mismatch();

    [GeneratedRegex(@"source ""[^""]*"" denied by policy", RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    /// <summary>A check of BuildKit's says <c>Rule: what is wrong (line 3)</c>: its rule is the code, and the line is the place.</summary>
    public static Diagnostic Of(WarningUpdate warning, PlannedImage planned)
    {
        var span = Span(warning.Ranges, planned.Image);
        if (Check().Match(warning.Short) is not { Success: true } check)
        {
            return Rules.BuilderWarning.At(span, warning.Short) with { HelpLink = warning.Url };
        }

        return Rules.BuilderWarning.At(span, check.Groups["text"].Value) with { Code = check.Groups["rule"].Value, HelpLink = warning.Url };
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

    /// <summary>The beginning of a command; the whole of it stands in the Dockerfile.</summary>
    private static string Quoted(string command)
    {
        const int Longest = 70;
        const string Shell = "/bin/sh -c ";
        var text = (command.StartsWith(Shell, StringComparison.Ordinal) ? command[Shell.Length..] : command)
            .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }

    [GeneratedRegex(@"process ""(?<command>.*)"" did not complete successfully: exit code: (?<code>\d+)", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^(?<rule>[A-Z][A-Za-z]+): (?<text>.*?)(?: \(line \d+\))?$", RegexOptions.Singleline)]
    private static partial Regex Check();
}
