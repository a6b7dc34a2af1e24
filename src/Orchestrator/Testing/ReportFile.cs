using System.Text;
using System.Xml;
using System.Xml.Linq;
using Orchestrator.Diagnostics;
using Orchestrator.State;

namespace Orchestrator.Testing;

/// <summary>A report of tests on disk.</summary>
internal static class ReportFile
{
    /// <summary>Replaces the file as a whole.</summary>
    public static void Write(string path, XDocument report, DiagnosticBag diagnostics)
    {
        try
        {
            using var content = new MemoryStream();
            using (var writer = XmlWriter.Create(content, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" }))
            {
                report.Save(writer);
            }

            WholeFile.Write(path, content.ToArray());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.TestReportNotWritten.At(new SourceSpan(path), exception.Message.TrimEnd('.')));
        }
    }

    /// <summary>A container may write what no XML file can hold; each such character becomes U+FFFD.</summary>
    public static string Text(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append('\uFFFD');
            }
        }

        return clean.ToString();
    }
}
