namespace Orchestrator.Diagnostics;

/// <summary>
/// A value together with the place that it was written at. A class: generic code over classes is there ahead of time, and a graph is read at the start of
/// every run.
/// </summary>
internal sealed record Located<T>(T Value, SourceSpan Span)
{
    public override string ToString() => $"{Value}";
}
