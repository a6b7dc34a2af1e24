using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Fixing;

/// <summary>
/// Rewrites what a Dockerfile takes from its context for a larger one: the sources of COPY, ADD and bind mounts of all its stages, in their very tokens.
/// What comes from stages, images, named contexts, heredocs and the network stays.
/// </summary>
/// <param name="values">What became of a source in the images that are built, by its place; variables expanded.</param>
internal sealed class DockerfileRewrite(FileDraft draft, ContextMove move, ILookup<SourceSpan, ContextUse> values)
{
    private readonly List<TextEdit> _edits = [];
    private Diagnostic? _problem;

    /// <returns>Null when something cannot be rewritten safely.</returns>
    public IReadOnlyList<TextEdit>? Edits(DockerfileDocument document, out Diagnostic? problem)
    {
        foreach (var instruction in document.Stages.SelectMany(stage => stage.Instructions))
        {
            Rewrite(instruction, document.EscapeToken);
        }

        problem = _problem;
        return problem is null ? _edits : null;
    }

    private void Rewrite(Instruction instruction, char escapeToken)
    {
        switch (instruction)
        {
            case { Trigger: { } trigger } when Takes(trigger):
                Refuse(instruction.Span, instruction.Normalized.Split('\n')[0], "it is run in the context of those that are built from this image");
                break;
            case { Keyword: "COPY" or "ADD" } when Takes(instruction):
                Copy(instruction);
                break;
            case { Keyword: "RUN" }:
                foreach (var flag in instruction.Flags.Where(TakesFromContext))
                {
                    BindMount(flag, escapeToken);
                }

                break;
        }
    }

    private static bool Takes(Instruction instruction) => instruction.Keyword switch
    {
        "COPY" or "ADD" => instruction.FindFlag("from") is null or { Value: "" } && Sources(instruction).Any(),
        "RUN" => instruction.Flags.Any(TakesFromContext),
        _ => false,
    };

    private static IEnumerable<Located<string>> Sources(Instruction instruction) => instruction.Arguments.SkipLast(1)
        .Where(argument => HeredocReader.Parse(argument.Value, argument.Span) is null && RemoteUse.Classify(argument.Value) is null);

    private static bool TakesFromContext(Flag flag) =>
        flag.Name == "mount" && Mount.FindFrom(flag) is null && (MountFields.Type(flag.Value) is "bind" || MountFields.Type(flag.Value).Contains('$', StringComparison.Ordinal));

    private void Copy(Instruction instruction)
    {
        if (instruction.Flags.FirstOrDefault(flag => flag.Name is "exclude" || flag is { Name: "parents", IsTrue: true }) is { } flag)
        {
            Refuse(flag.Span, instruction.Normalized.Split('\n')[0], $"'--{flag.Name}' means something else in front of longer paths");
            return;
        }

        foreach (var source in Sources(instruction))
        {
            var (start, end) = Range(source.Span);
            var written = draft.Text[start..end];
            if (written.Contains('\n', StringComparison.Ordinal) || (instruction.IsJson ? !written.StartsWith('"') : written != source.Value))
            {
                Refuse(source.Span, source.Value, "it is torn apart by the end of a line");
            }
            else if (Rewritten(source.Value, source.Span) is { } text)
            {
                Replace(start, end, instruction.IsJson ? SourceToken.Quoted(text) : text);
            }
        }
    }

    private void BindMount(Flag flag, char escapeToken)
    {
        var (start, end) = Range(flag.Span);
        var written = draft.Text[start..end];
        if (written.AsSpan().IndexOfAny("\"'\n") >= 0 || written.Contains(escapeToken, StringComparison.Ordinal) || MountFields.Type(flag.Value) != "bind")
        {
            Refuse(flag.Span, written, "quotes, escapes and variables of its type are not followed there");
            return;
        }

        if (MountFields.Source(written) is not var (from, to) || from == to)
        {
            if (Rewritten(".", flag.Span) is { } all)
            {
                Replace(end, end, $",source={all}");
            }
        }
        else if (Rewritten(written[from..to], flag.Span) is { } text)
        {
            Replace(start + from, start + to, text);
        }
    }

    private string? Rewritten(string written, SourceSpan span)
    {
        var uses = values[span].ToList();
        var isKnown = uses.Count > 0 || !written.Contains('$', StringComparison.Ordinal);
        if (!isKnown || uses.Exists(use => !use.IsCertain))
        {
            Refuse(span, written, "what its variables are cannot be told");
            return null;
        }

        var meant = uses.SelectMany(use => use.Sources).Where(source => source.Span == span).Select(source => source.Value).Distinct(StringComparer.Ordinal).ToList();
        meant = meant.Count > 0 ? meant : [written];
        if (meant.Exists(move.FollowsLinkFromTop))
        {
            Refuse(span, written, "a link on the way leads elsewhere when the context is another one");
            return null;
        }

        if (SourceToken.Rewritten(written, meant, move, out var reason) is { } text)
        {
            return text;
        }

        Refuse(span, written, reason);
        return null;
    }

    private void Replace(int start, int end, string text)
    {
        if (draft.Text[start..end] != text)
        {
            _edits.Add(new TextEdit(start, end, text));
        }
    }

    private (int Start, int End) Range(SourceSpan span) => (draft.Offset(span.Line, span.Column), draft.Offset(span.EndLine, span.EndColumn));

    private void Refuse(SourceSpan span, string written, string reason) => _problem ??= Rules.SourceNotRewritable.At(span, written, reason);
}
