using Orchestrator.Dockerfiles;

namespace Orchestrator.Fixing;

/// <summary>The fields of a <c>--mount</c> as they are written; of several of one name the last one counts.</summary>
internal static class MountFields
{
    /// <summary>The kind of mount; variables are not expanded.</summary>
    public static string Type(string value)
    {
        var type = CommaFields.Read(value)?.Select(field => field.Split('=', 2)).LastOrDefault(parts => parts.Length == 2 && IsNamed(parts[0], "type"))?[1] ?? "bind";
        return type.Equals("bind", StringComparison.OrdinalIgnoreCase) ? "bind" : type;
    }

    /// <summary>Where the path of the source is in a flag without quotes; null when there is none.</summary>
    public static (int Start, int End)? Source(string flag)
    {
        (int Start, int End)? found = null;
        for (var start = flag.IndexOf('=', StringComparison.Ordinal) + 1; start <= flag.Length;)
        {
            var comma = flag.IndexOf(',', start);
            var end = comma < 0 ? flag.Length : comma;
            var equals = flag.IndexOf('=', start, end - start);
            if (equals >= 0 && (IsNamed(flag[start..equals], "source") || IsNamed(flag[start..equals], "src")))
            {
                found = (equals + 1, end);
            }

            start = end + 1;
        }

        return found;
    }

    private static bool IsNamed(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
