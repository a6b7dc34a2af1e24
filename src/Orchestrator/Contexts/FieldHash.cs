using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Contexts;

/// <summary>
/// Hashes named fields. Each name and value is preceded by its length, so that no two sequences of fields have the same bytes.
/// </summary>
internal sealed class FieldHash : IDisposable
{
    private const int Absent = -1;
    private const int BufferSize = 16 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _filled;

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

    public void Field(string name, long value) => Field(name, value.ToString(CultureInfo.InvariantCulture));

    public void Field(string name, ContentHash hash)
    {
        Text(name);
        Room(ContentHash.Bytes);
        hash.CopyTo(_buffer.AsSpan(_filled));
        _filled += ContentHash.Bytes;
    }

    public void List(string name, int count)
    {
        Text(name);
        Length(count);
    }

    /// <returns>The SHA-256 in lower-case hex digits.</returns>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _hash.Dispose();
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Length(length);
        if (length > BufferSize)
        {
            Flush();
            _hash.AppendData(Encoding.UTF8.GetBytes(text));
            return;
        }

        Room(length);
        _filled += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_filled));
    }

    private void Length(int value)
    {
        Room(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_filled), value);
        _filled += sizeof(int);
    }

    private void Room(int bytes)
    {
        if (_filled + bytes > BufferSize)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _filled = 0;
    }
}
