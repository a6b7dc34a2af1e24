namespace Orchestrator.Diagnostics;

/// <summary>A value together with the place that it was written at.</summary>
internal readonly record struct Located<T>(T Value, SourceSpan Span)
{
    public override string ToString() => $"{Value}";
}
