using System;
using System.Text;

namespace Orchestrator.Tasks;

/// <summary>How text is kept within one field of one line of the protocol.</summary>
internal static class ToolField
{
    private static readonly char[] Escapable = ['\\', '|', '\n', '\r'];
    private static readonly string[] Escaped = [@"\\", @"\p", @"\n", @"\r"];

    public static string Escape(string field)
    {
        var result = new StringBuilder(field.Length);
        foreach (var character in field)
        {
            var index = Array.IndexOf(Escapable, character);
            _ = index < 0 ? result.Append(character) : result.Append(Escaped[index]);
        }

        return result.ToString();
    }

    public static string Unescape(string field)
    {
        if (field.IndexOf('\\') < 0)
        {
            return field;
        }

        var result = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            var index = field[i] == '\\' && i + 1 < field.Length ? Array.IndexOf(Escaped, field.Substring(i, 2)) : -1;
            _ = result.Append(index < 0 ? field[i] : Escapable[index]);
            i += index < 0 ? 0 : 1;
        }

        return result.ToString();
    }
}
