namespace Orchestrator.Docker.Http;

/// <summary>A chunked body (RFC 9112, section 7.1): <c>size[;extension] CRLF data CRLF … 0 CRLF trailers CRLF</c>.</summary>
internal sealed class ChunkedDecoder : BodyDecoder
{
    private State _state = State.Size;
    private long _size;
    private int _digits;
    private int _extra;

    private enum State
    {
        /// <summary>Among the digits of a chunk's size.</summary>
        Size,

        /// <summary>After the size, ignoring what follows up to CR.</summary>
        Extension,

        /// <summary>LF of the size's line is next.</summary>
        SizeEnd,

        /// <summary><see cref="_size"/> bytes of data are left.</summary>
        Data,

        /// <summary>CR behind the data is next.</summary>
        DataReturn,

        /// <summary>LF behind the data is next.</summary>
        DataEnd,

        /// <summary>At the start of a line behind the last chunk.</summary>
        TrailerStart,

        /// <summary>Inside a trailer, ignoring it up to CR.</summary>
        Trailer,

        /// <summary>LF of a trailer is next.</summary>
        TrailerEnd,

        /// <summary>The LF that ends the body is next.</summary>
        End,

        Done,
    }

    public override bool IsComplete => _state == State.Done;

    public override BodyStep Decode(ReadOnlySpan<byte> input, int wanted)
    {
        var consumed = 0;
        while (consumed < input.Length && _state != State.Done)
        {
            if (_state == State.Data)
            {
                return DecodeData(input.Length, consumed, wanted);
            }

            _state = Next(input[consumed++]);
        }

        return new BodyStep(consumed, 0);
    }

    private BodyStep DecodeData(int available, int consumed, int wanted)
    {
        var count = (int)Math.Min(Math.Min(available - consumed, wanted), _size);
        _size -= count;
        if (_size == 0)
        {
            _state = State.DataReturn;
        }

        return new BodyStep(consumed + count, count);
    }

    private State Next(byte value) => _state switch
    {
        State.Size => InSize(value),
        State.Extension => value == '\r' ? State.SizeEnd : Ignore(State.Extension),
        State.SizeEnd => Expect(value, '\n', SizeRead()),
        State.DataReturn => Expect(value, '\r', State.DataEnd),
        State.DataEnd => Expect(value, '\n', NextChunk()),
        State.TrailerStart => value == '\r' ? State.End : Ignore(State.Trailer),
        State.Trailer => value == '\r' ? State.TrailerEnd : Ignore(State.Trailer),
        State.TrailerEnd => Expect(value, '\n', State.TrailerStart),
        State.End => Expect(value, '\n', State.Done),
        _ => throw new InvalidOperationException("A complete body has no next byte."),
    };

    private State InSize(byte value)
    {
        if (char.IsAsciiHexDigit((char)value))
        {
            _size = (_size << 4) + HexValue(value);
            return ++_digits <= HttpLimits.ChunkSizeDigits ? State.Size : throw new HttpFormatException("a chunk of its body is too long");
        }

        return (_digits, value) switch
        {
            (0, _) => throw Malformed(),
            (_, (byte)'\r') => State.SizeEnd,
            (_, (byte)';' or (byte)' ' or (byte)'\t') => State.Extension,
            _ => throw Malformed(),
        };
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private State SizeRead() => _size == 0 ? State.TrailerStart : State.Data;

    private State NextChunk()
    {
        _digits = 0;
        return State.Size;
    }

    private State Ignore(State state) =>
        ++_extra <= HttpLimits.ChunkExtraBytes ? state : throw new HttpFormatException("its chunk extensions or trailers are too long");

    private static State Expect(byte value, char expected, State next) => value == expected ? next : throw Malformed();

    private static HttpFormatException Malformed() => new("the chunks of its body are malformed");
}
