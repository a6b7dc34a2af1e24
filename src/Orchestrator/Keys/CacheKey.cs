namespace Orchestrator.Keys;

/// <summary>The SHA-256 of everything that decides what an image contains, as 64 lower-case hex digits.</summary>
internal readonly record struct CacheKey(string Hex)
{
    /// <summary>Digits of a key that are enough for a person.</summary>
    private const int ShortLength = 12;

    public string Short => Hex[..ShortLength];

    public override string ToString() => Hex;
}
