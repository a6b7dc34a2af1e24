using System.Text;

namespace Orchestrator.Dockerfiles;

/// <summary>The fields of one line of comma-separated values (RFC 4180).</summary>
internal static class CommaFields
{
    /// <summary>Null when quotes are out of place, or the line is empty.</summary>
    public static IReadOnlyList<string>? Read(string line)
    {
        var fields = new List<string>();
        var position = 0;
        while (line.Length > 0)
        {
            var field = position < line.Length && line[position] == '"' ? ReadQuoted(line, ref position) : ReadBare(line, ref position);
            if (field is null)
            {
                return null;
            }

            fields.Add(field);
            if (position == line.Length)
            {
                return fields;
            }

            position++;
        }

        return null;
    }

    /// <summary>The line that reads as these fields.</summary>
    public static string Write(IEnumerable<string> fields) => string.Join(',', fields.Select(field =>
        field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field));

    private static string? ReadBare(string line, ref int position)
    {
        var comma = line.IndexOf(',', position);
        var field = comma < 0 ? line[position..] : line[position..comma];
        position += field.Length;
        return field.Contains('"', StringComparison.Ordinal) ? null : field;
    }

    private static string? ReadQuoted(string line, ref int position)
    {
        var field = new StringBuilder();
        for (position++; position < line.Length; position++)
        {
            if (line[position] != '"')
            {
                field.Append(line[position]);
            }
            else if (position + 1 < line.Length && line[position + 1] == '"')
            {
                field.Append(line[position++]);
            }
            else
            {
                position++;
                return position == line.Length || line[position] == ',' ? field.ToString() : null;
            }
        }

        return null;
    }
}
