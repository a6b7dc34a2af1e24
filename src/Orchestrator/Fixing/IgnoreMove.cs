using System.Text;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>
/// Keeps what <c>.dockerignore</c> leaves out of a build whose context grows: its patterns are relative to the context, and that of the larger context is another one.
/// They go into the file beside the Dockerfile, which wins over both.
/// </summary>
internal static class IgnoreMove
{
    /// <summary>The file as it has to become: a new one, or one with edits; null when nothing is ignored today, and nothing would be.</summary>
    public static FileDraft? Draft(ContextMove move, out Diagnostic? problem)
    {
        problem = null;
        try
        {
            return Moved(move, ref problem);
        }
        catch (DecoderFallbackException)
        {
            problem = Rules.SourceNotRewritable.At(new SourceSpan(move.From), ".dockerignore", "it is not UTF-8");
            return null;
        }
    }

    private static FileDraft? Moved(ContextMove move, ref Diagnostic? problem)
    {
        var own = DockerfileFile.OwnIgnoreFile(move.Build);
        var old = DockerfileFile.ContextIgnoreFile(move.From);
        if (File.Exists(own))
        {
            var draft = FileDraft.Open(own);
            foreach (var edit in Edits(draft, move, ref problem))
            {
                draft.Add(edit);
            }

            return draft;
        }

        var itself = ContextMove.IsIn(own, move.From) ? $"# This file is no part of the context.\n{move.Below(own)}\n" : "";
        if (File.Exists(old))
        {
            var draft = FileDraft.Open(old);
            var text = draft.Apply(0, draft.Text.Length, Edits(draft, move, ref problem));
            var end = text.Length == 0 || text.EndsWith('\n') ? "" : draft.LineEnd;
            return FileDraft.Create(own, $"# The patterns of {move.Below(old)}, as the context '{Name(move)}' sees them.\n".Replace("\n", draft.LineEnd, StringComparison.Ordinal) + text + end + itself.Replace("\n", draft.LineEnd, StringComparison.Ordinal));
        }

        return File.Exists(DockerfileFile.ContextIgnoreFile(move.To))
            ? FileDraft.Create(own, $"# Nothing is left out of this build, whatever .dockerignore of the context '{Name(move)}' says for others.\n{itself}") : null;
    }

    private static string Name(ContextMove move) => PathText.Relative(move.Root, move.To);

    private static List<TextEdit> Edits(FileDraft draft, ContextMove move, ref Diagnostic? problem)
    {
        var edits = new List<TextEdit>();
        if (!ContextMove.IsPlain(move.Prefix))
        {
            problem = Rules.SourceNotRewritable.At(new SourceSpan(draft.Path, 1, 1), Path.GetFileName(draft.Path), $"the folder '{move.Prefix}' has characters that mean something in patterns");
            return edits;
        }

        foreach (var (index, start) in draft.LineStarts.Index())
        {
            var line = draft.Text[start..draft.EndOfLine(start)];
            if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var at = Skip(line, 0, character => char.IsWhiteSpace(character));
            at = line[at] == '!' ? Skip(line, at + 1, character => char.IsWhiteSpace(character)) : at;
            var pattern = line[at..].TrimEnd();
            if (PathText.Clean(pattern.TrimStart('/')) is "." || PathText.Clean(pattern).Split('/')[0] == ".." || pattern.Split('/').Contains(".."))
            {
                problem ??= Rules.SourceNotRewritable.At(new SourceSpan(draft.Path, index + 1, at + 1), line.Trim(), "the pattern means the context itself, or leaves it");
                continue;
            }

            var text = Skip(line, at, character => character == '/');
            edits.Add(new TextEdit(start + at, start + text, move.Prefix + "/"));
        }

        return edits;
    }

    private static int Skip(string line, int start, Func<char, bool> isSkipped)
    {
        while (start < line.Length && isSkipped(line[start]))
        {
            start++;
        }

        return start;
    }
}
