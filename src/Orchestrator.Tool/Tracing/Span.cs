namespace Orchestrator.Tool.Tracing;

/// <summary>One piece of work in a trace.</summary>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="Parent">The span that it is a part of; empty for none.</param>
/// <param name="Started">When.</param>
/// <param name="Duration">What it took.</param>
internal sealed record Span(string Id, string Parent, string Name, DateTimeOffset Started, TimeSpan Duration)
{
    /// <summary>Why it failed; null when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Texts, numbers (<see cref="long"/>) and truth values; those that are null are left out.</summary>
    public IReadOnlyList<(string Name, object? Value)> Attributes { get; init; } = [];

    /// <summary>Spans that had to end first.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}
