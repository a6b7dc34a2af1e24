using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Reads a Dockerfile by the rules of BuildKit's own reader (https://github.com/moby/buildkit/tree/master/frontend/dockerfile), but keeps every position
/// and goes on after a mistake, so that a person sees all of them in one go. It knows nothing of arguments, targets or files: see <see cref="StageResolver"/>.
/// </summary>
internal static class DockerfileReader
{
    /// <summary>A file with more mistakes than this is not a Dockerfile.</summary>
    public const int MostErrors = 50;

    private const char DefaultEscape = '\\';

    /// <summary>Null when there is nothing to work with. The document may be incomplete when there are errors.</summary>
    public static DockerfileDocument? Read(string path, ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        var text = DockerfileText.Decode(path, bytes.Span, diagnostics);
        return text is null ? null : Read(path, text, diagnostics);
    }

    /// <inheritdoc cref="Read(string, ReadOnlyMemory{byte}, DiagnosticBag)"/>
    public static DockerfileDocument? Read(string path, string text, DiagnosticBag diagnostics)
    {
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var source = new DockerfileSource(path, text);
        var zero = text.IndexOf('\0', StringComparison.Ordinal);
        if (zero >= 0)
        {
            diagnostics.Add(Rules.BinaryFile.At(source.Span(zero, zero)));
            return null;
        }

        var found = new DiagnosticBag();
        var directives = DirectiveReader.Read(source, found);
        var escapeToken = FindEscapeToken(directives, found);
        var draft = ReadInstructions(source, escapeToken, found);
        if (!draft.HasFrom && !found.HasErrors)
        {
            found.Add(Rules.NoFrom.At(new SourceSpan(path, 1, 1)));
        }

        diagnostics.AddRange(found.Items);
        return draft.Stages.Count == 0 ? null : new DockerfileDocument
        {
            Path = path,
            Text = text,
            Directives = directives,
            EscapeToken = escapeToken,
            MetaArguments = draft.MetaArguments,
            Stages = [.. draft.Stages],
        };
    }

    /// <summary>Reads the text of an ONBUILD trigger out of an image's configuration.</summary>
    /// <param name="at">The place to report mistakes at, since the text is in no file.</param>
    public static Instruction? ReadTrigger(string text, SourceSpan at, DiagnosticBag diagnostics)
    {
        var source = new DockerfileSource("", text, at);
        var lines = new LogicalLineReader(source, DefaultEscape, diagnostics);
        var instruction = lines.Read() is { } line ? new InstructionReader(DefaultEscape, diagnostics).Read(line, lines) : null;
        if (instruction is null or { Keyword: "FROM" or "ONBUILD" or "MAINTAINER" } || lines.Read() is not null)
        {
            diagnostics.Add(Rules.BrokenTrigger.At(at, text));
            return null;
        }

        return instruction.AsTrigger();
    }

    private static char FindEscapeToken(IReadOnlyList<Directive> directives, DiagnosticBag diagnostics)
    {
        var directive = directives.FirstOrDefault(candidate => candidate.Name == Directive.Escape);
        if (directive is null or { Value: "\\" or "`" })
        {
            return directive?.Value[0] ?? DefaultEscape;
        }

        diagnostics.Add(Rules.BadEscape.At(directive.Span, directive.Value));
        return DefaultEscape;
    }

    private static StageDraft ReadInstructions(DockerfileSource source, char escapeToken, DiagnosticBag diagnostics)
    {
        var lines = new LogicalLineReader(source, escapeToken, diagnostics);
        var reader = new InstructionReader(escapeToken, diagnostics);
        var draft = new StageDraft(diagnostics);
        while (lines.Read() is { } line)
        {
            if (reader.Read(line, lines) is { } instruction)
            {
                draft.Add(instruction, line);
            }

            if (diagnostics.Errors > MostErrors)
            {
                diagnostics.Add(Rules.TooManyMistakes.At(line.Whole));
                break;
            }
        }

        draft.Close();
        return draft;
    }
}
