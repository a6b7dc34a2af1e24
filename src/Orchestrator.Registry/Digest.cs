using System.Buffers;
using System.Security.Cryptography;

namespace Orchestrator.Registry;

/// <summary>The name of a content: <c>sha256:</c> and 64 hexadecimal digits, or <c>sha512:</c> and 128, in lower case.</summary>
public readonly record struct Digest
{
    private const string Sha256 = "sha256";
    private const string Sha512 = "sha512";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private Digest(string text) => _text = text;

    /// <summary><c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => ToString().Split(':')[0];

    public string Hex => ToString().Split(':')[1];

    /// <exception cref="FormatException">The text is not a digest that can be checked here.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a sha256 or sha512 digest");

    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var digits = colon < 0 ? 0 : text![..colon] switch { Sha256 => 64, Sha512 => 128, _ => 0 };
        if (digits == 0 || text!.Length != colon + 1 + digits || text.AsSpan(colon + 1).ContainsAnyExcept(Digits))
        {
            return false;
        }

        digest = new Digest(text);
        return true;
    }

    /// <summary>The SHA-256 digest of bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes) => new($"{Sha256}:{Convert.ToHexStringLower(SHA256.HashData(bytes))}");

    /// <summary>Whether these bytes are what the digest names.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) =>
        Hex == Convert.ToHexStringLower(Algorithm == Sha512 ? SHA512.HashData(bytes) : SHA256.HashData(bytes));

    public override string ToString() => _text ?? throw new InvalidOperationException("a digest that was never set");

    internal IncrementalHash StartHash() => IncrementalHash.CreateHash(Algorithm == Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
}
