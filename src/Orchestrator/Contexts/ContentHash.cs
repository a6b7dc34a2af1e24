using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Orchestrator.Contexts;

/// <summary>The SHA-256 of a file's bytes; the default value is that of nothing that has content.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ContentHash(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public const int Bytes = 32;

    /// <summary>The entry is no regular file.</summary>
    public bool IsNone => this == default;

    /// <summary>30 bits of it, as <c>Stat.modTime</c> carries them (buildkit-wire 5.4).</summary>
    public uint Nanoseconds => (uint)((First >> 32) % 1_000_000_000);

    /// <param name="hash">32 bytes.</param>
    public static ContentHash From(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, First);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], Second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], Third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], Fourth);
    }

    /// <summary>64 lower-case hex digits; empty for <see cref="IsNone"/>.</summary>
    public override string ToString() => IsNone ? "" : $"{First:x16}{Second:x16}{Third:x16}{Fourth:x16}";
}
