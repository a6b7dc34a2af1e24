namespace Orchestrator.Tagging;

/// <summary>A value and where it comes from, or the reason why there is none.</summary>
internal sealed record Fact<T>
    where T : class
{
    private Fact(T? value, string words, bool isReported = false) => (Value, Words, IsReported) = (value, words, isReported);

    public T? Value { get; }

    /// <summary>For a person: <c>the git tag v1.4.0</c>; or, without a value, the reason.</summary>
    public string Words { get; }

    /// <summary>There is no value, and a diagnostic has said why already.</summary>
    public bool IsReported { get; }

    public static Fact<T> Known(T value, string origin) => new(value, origin);

    public static Fact<T> Missing(string reason) => new(null, reason);

    /// <summary>What was given is no such value, and a diagnostic says so.</summary>
    public static Fact<T> Refused(string reason) => new(null, reason, isReported: true);
}
