namespace Orchestrator.Tool.Drawing;

/// <summary>Styles and scripts that are files of their own in the source, and parts of the program.</summary>
internal static class EmbeddedText
{
    /// <param name="name">The file's name.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
