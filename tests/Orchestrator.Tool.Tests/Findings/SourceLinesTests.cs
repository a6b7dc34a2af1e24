using Orchestrator.Diagnostics;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Tests.Findings;

/// <summary>What of a file goes into a log.</summary>
internal sealed class SourceLinesTests
{
    [Test]
    public void What_is_private_in_an_address_is_shown_as_stars()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "FROM a@sha256:0\nADD https://me:secret@host/a?token=secret /a\nADD [\"http://host/a?secret\", \"/a\"]\nRUN grep ? https://host/a me@host\nADD ssh://me:p@ss@host/a ftp://host?secret@host /\n");

            var lines = SourceLines.Of(Rules.StepFailed.At(new SourceSpan(file, 1, 1), "a", "b"));

            Assert.That(lines, Is.EqualTo(new[] { "FROM a@sha256:0", "ADD https://*********@host/a?************ /a", "ADD [\"http://host/a?******\", \"/a\"]", "RUN grep ? https://host/a me@host", "ADD ssh://*******@host/a ftp://**************** /" }));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
