namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>Choices that a seed decides; the same seed makes the same ones on every machine.</summary>
internal sealed class Chance(int seed)
{
    // The algorithm behind a seed is kept stable by .NET; nothing here guards a secret.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    public int Below(int limit) => _random.Next(limit);

    public bool Happens(int percent) => _random.Next(100) < percent;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public T? OfOrNone<T>(IEnumerable<T> choices)
        where T : class
    {
        var all = choices.ToList();
        return all.Count == 0 ? null : Of(all);
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> choices, int percent) => [.. choices.Where(_ => Happens(percent))];
#pragma warning restore CA5394

    /// <summary>A word that was most likely not there before.</summary>
    public string Word() => $"w{Below(100_000)}";
}
