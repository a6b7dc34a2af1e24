using Orchestrator.Diagnostics;

namespace Orchestrator.Fixing;

/// <summary>
/// Writes changed files: all of them beside their places first, and only when that went well each is moved to its place, so that a full disk or a missing permission changes nothing.
/// Files keep their permissions; links stay links.
/// </summary>
internal static class FixWriter
{
    /// <returns>The files that were written.</returns>
    public static IReadOnlyList<FileDraft> Write(IReadOnlyList<FileDraft> drafts, DiagnosticBag diagnostics)
    {
        var prepared = new List<(string Temporary, string File)>();
        var written = new List<FileDraft>();
        var current = drafts[0];
        try
        {
            foreach (var draft in drafts)
            {
                current = draft;
                var file = draft.IsNew ? draft.Path : File.ResolveLinkTarget(draft.Path, returnFinalTarget: true)?.FullName ?? draft.Path;
                prepared.Add(($"{file}.{Path.GetRandomFileName()}", file));
                Prepare(draft, prepared[^1].Temporary, file);
            }

            foreach (var (draft, (temporary, file)) in drafts.Zip(prepared))
            {
                current = draft;
                File.Move(temporary, file, overwrite: !draft.IsNew);
                written.Add(draft);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.FixNotWritten.At(new SourceSpan(current.Path), exception.Message, Names(written), Names(drafts.Except(written))));
            foreach (var (temporary, _) in prepared)
            {
                File.Delete(temporary);
            }
        }

        return written;
    }

    private static void Prepare(FileDraft draft, string temporary, string file)
    {
        if (!draft.IsNew)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite); // what may not be written is not replaced either
        }

        File.WriteAllBytes(temporary, draft.ToBytes());
        if (!draft.IsNew && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(file));
        }
    }

    private static string Names(IEnumerable<FileDraft> drafts) => string.Join(", ", drafts.Select(draft => draft.Path).DefaultIfEmpty("none"));
}
