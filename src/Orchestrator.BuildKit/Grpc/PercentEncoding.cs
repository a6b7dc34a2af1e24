using System.Globalization;
using System.Text;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>The encoding of the trailer <c>grpc-message</c>: UTF-8 bytes outside 0x20–0x7E and <c>%</c> become <c>%XX</c>.</summary>
internal static class PercentEncoding
{
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }

    /// <summary>Lenient: what is not a valid escape stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        var literal = 0;
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%' && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[literal..i]));
                bytes.Add(value);
                i += 2;
                literal = i + 1;
            }
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[literal..]));
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
