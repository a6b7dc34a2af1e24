using System.Text.RegularExpressions;
using Orchestrator.Graph;

namespace Orchestrator.Locking;

/// <summary>What an external reference stands for, for good.</summary>
/// <param name="Source">The reference, without a digest.</param>
/// <param name="Platform">
/// Null: <paramref name="Digest"/> is what a registry has, of an index where there is one, and holds for every platform. Otherwise the image is in no registry, and
/// the digest is the identity of its content on this platform.
/// </param>
/// <param name="Digest"><see cref="IsDigest"/>.</param>
internal sealed partial record Pin(ImageReference Source, string? Platform, string Digest)
{
    /// <summary>Digits of a digest that are enough for a person.</summary>
    private const int ShortLength = 19;

    /// <summary>The digest of an image that is known by its content.</summary>
    public static string Content(string identity) => "sha256:" + identity;

    /// <summary>Whether a text is <c>sha256:</c> and 64 digits, or <c>sha512:</c> and 128, in lower case.</summary>
    public static bool IsDigest(string text) => DigestForm().IsMatch(text);

    public bool IsContent => Platform is not null;

    /// <summary>Such as <c>sha256:0a1b2c3d4e5f</c>.</summary>
    public string Short => Shorten(Digest);

    public static string Shorten(string digest) => digest.Length > ShortLength ? digest[..ShortLength] : digest;

    [GeneratedRegex(@"\A(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestForm();
}
