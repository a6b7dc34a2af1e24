namespace Orchestrator.Tagging;

/// <summary>A value and where it comes from, or the reason why there is none.</summary>
internal sealed record Fact<T>
    where T : class
{
    private Fact(T? value, string words) => (Value, Words) = (value, words);

    public T? Value { get; }

    /// <summary>For a person: <c>the git tag v1.4.0</c>; or, without a value, the reason.</summary>
    public string Words { get; }

    public static Fact<T> Known(T value, string origin) => new(value, origin);

    public static Fact<T> Missing(string reason) => new(null, reason);
}
