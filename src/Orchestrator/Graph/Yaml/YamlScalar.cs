using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

/// <summary>A text; numbers and booleans are kept as they were written.</summary>
/// <param name="IsNull">Nothing was written, or <c>null</c> or <c>~</c> without quotes.</param>
/// <param name="TextColumn">Where the text begins when it stands on one line exactly as its value reads (behind a quote, if there is one); else 0.</param>
internal sealed record YamlScalar(SourceSpan Span, string Value, bool IsNull = false, int TextColumn = 0) : YamlNode(Span)
{
    /// <summary>Written without quotes and without a tag: it may be a number or a boolean. A text that a variable was put into is neither.</summary>
    public bool IsPlain { get; init; }

    public override string Kind => IsNull ? "empty" : Value.Length == 0 ? "an empty text" : "a text";

    /// <summary>The place of the character at an index of the value, or the scalar's when that cannot be told.</summary>
    public SourceSpan At(int index) => TextColumn == 0 ? Span : Span with { Column = TextColumn + index };
}
