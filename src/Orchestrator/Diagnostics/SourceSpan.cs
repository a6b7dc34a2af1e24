namespace Orchestrator.Diagnostics;

/// <summary>A place in a file that a person wrote. Lines and columns count from 1; 0 means "not known".</summary>
internal readonly record struct SourceSpan(string File, int Line = 0, int Column = 0, int EndLine = 0, int EndColumn = 0)
{
    public static SourceSpan None => new("");

    public override string ToString() => Line == 0 ? File : Column == 0 ? $"{File}({Line})" : $"{File}({Line},{Column})";
}
