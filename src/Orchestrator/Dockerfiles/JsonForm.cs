using System.Text;
using System.Text.Json;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Reads the JSON form of an instruction's arguments.</summary>
internal static class JsonForm
{
    private const int DeepestNesting = 64;

    /// <summary>The items; null when the text is not a JSON array, which makes it the shell form.</summary>
    /// <param name="isStringsOnly">False when it is an array that holds something else than strings, which BuildKit refuses.</param>
    public static IReadOnlyList<Located<string>>? Read(LogicalLine line, int start, int end, out bool isStringsOnly)
    {
        isStringsOnly = true;
        if (start >= end || line.Text[start] != '[')
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(line.Text[start..end]);
        try
        {
            return ReadItems(line, start, bytes, out isStringsOnly);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair written as \uXXXX
        }
    }

    private static List<Located<string>> ReadItems(LogicalLine line, int start, byte[] bytes, out bool isStringsOnly)
    {
        isStringsOnly = true;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        reader.Read();
        var items = new List<Located<string>>();
        var (countedBytes, countedCharacters) = (0, start);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0)
            {
                continue; // reading on refuses whatever follows the array
            }

            if (reader.TokenType != JsonTokenType.String || reader.CurrentDepth != 1)
            {
                isStringsOnly = false;
                continue;
            }

            var from = CharactersAt((int)reader.TokenStartIndex);
            items.Add(new Located<string>(reader.GetString()!, line.Span(from, CharactersAt((int)reader.BytesConsumed))));
        }

        return items;

        int CharactersAt(int index)
        {
            countedCharacters += Encoding.UTF8.GetCharCount(bytes, countedBytes, index - countedBytes);
            countedBytes = index;
            return countedCharacters;
        }
    }
}
