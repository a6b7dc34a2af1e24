using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Keys;

/// <summary>
/// Hashes named fields. Each name and value is preceded by its length, so that no two sequences of fields have the same bytes.
/// </summary>
internal sealed class KeyWriter : IDisposable
{
    private const int Absent = -1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Field(string name, string? value)
    {
        Text(name);
        if (value is null)
        {
            Length(Absent);
        }
        else
        {
            Text(value);
        }
    }

    public void Field(string name, long value) => Field(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Opens a list: its count is part of the key, so that an item cannot pass for a field that follows the list.</summary>
    public void List(string name, int count)
    {
        Text(name);
        Length(count);
    }

    public CacheKey Finish() => new(Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Length(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Length(int value)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, value);
        _hash.AppendData(prefix);
    }
}
