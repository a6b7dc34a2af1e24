using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>
/// One event that the tool reports with <c>--progress msbuild</c>; version 1 of the line protocol. Fields are joined by <c>|</c>;
/// inside a field <c>\\</c>, <c>\p</c>, <c>\n</c> and <c>\r</c> stand for a backslash, a bar, LF and CR. One event is one line:
/// <code>
/// orc1|error|CODE|HELPLINK|FILE|LINE|COL|ENDLINE|ENDCOL|TEXT      (warning: the same)
/// orc1|message|high, normal or low|TEXT
/// orc1|image|NAME|Key=Value|Key=Value…
/// orc1|project|FILE|Property=Value|Property=Value…
/// </code>
/// Kinds that are not known are no lines of ours, so that a newer tool may add some; a field that is no number counts as 0.
/// </summary>
internal sealed class ToolLine
{
    public const int SupportedVersion = 1;
    private const string Prefix = "orc";

    private readonly string[] _fields;

    private ToolLine(int version, ToolLineKind kind, string[] fields)
    {
        Version = version;
        Kind = kind;
        _fields = fields;
    }

    public int Version { get; }

    public ToolLineKind Kind { get; }

    public string Code => _fields[0];

    public string HelpLink => _fields[1];

    public string File => _fields[2];

    public int Line => Number(3);

    public int Column => Number(4);

    /// <summary>0 unless the end is known to the column: MSBuild writes <c>(3-3,1)</c> otherwise, which editors and build agents do not read.</summary>
    public int EndLine => Number(6) > 0 ? Number(5) : 0;

    public int EndColumn => Number(6);

    /// <summary>The text of an error, a warning or a message; may have several lines.</summary>
    public string Text => _fields[_fields.Length - 1];

    public MessageImportance Importance => _fields[0] switch
    {
        "high" => MessageImportance.High,
        "normal" => MessageImportance.Normal,
        _ => MessageImportance.Low,
    };

    /// <summary>An image's name in the graph, or a project's file.</summary>
    public string Name => _fields[0];

    /// <summary>An image's metadata or a project's global properties, in the order of the line.</summary>
    public IEnumerable<KeyValuePair<string, string>> Metadata => _fields.Skip(1).Select(SplitPair);

    /// <summary>Reads a line; false when it is not one of the protocol's.</summary>
    public static bool TryParse(string line, out ToolLine? parsed)
    {
        parsed = null;
        var fields = line.Split('|');
        if (fields.Length < 2
            || !fields[0].StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(fields[0].Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return false;
        }

        if (version != SupportedVersion)
        {
            parsed = new ToolLine(version, ToolLineKind.OtherVersion, []);
            return true;
        }

        var values = fields.Skip(2).Select(ToolField.Unescape).ToArray();
        var kind = (fields[1], values.Length) switch
        {
            ("error", 8) => ToolLineKind.Error,
            ("warning", 8) => ToolLineKind.Warning,
            ("message", 2) => ToolLineKind.Message,
            ("image", >= 1) => ToolLineKind.Image,
            ("project", >= 1) => ToolLineKind.Project,
            _ => (ToolLineKind?)null,
        };
        parsed = kind is { } known ? new ToolLine(version, known, values) : null;
        return parsed is not null;
    }

    /// <summary>Joins a line from its fields; the tool does the same on its side.</summary>
    public static string Format(string kind, params string[] fields) =>
        string.Join("|", new[] { Prefix + SupportedVersion.ToString(CultureInfo.InvariantCulture), kind }.Concat(fields.Select(ToolField.Escape)));

    private static KeyValuePair<string, string> SplitPair(string field)
    {
        var equals = field.IndexOf('=');
        return equals < 0
            ? new KeyValuePair<string, string>(field, string.Empty)
            : new KeyValuePair<string, string>(field.Substring(0, equals), field.Substring(equals + 1));
    }

    private int Number(int field) =>
        int.TryParse(_fields[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
