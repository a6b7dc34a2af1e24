using System.Text;
using System.Text.Json;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Tool.CiLogs;

namespace Orchestrator.Tool.Reporters;

/// <summary>What changed since images were built, as text and as JSON.</summary>
internal static class ChangesText
{
    private const string Indent = "  ";

    /// <summary>Longer values are not shown: the name of what changed says enough.</summary>
    private const int LongestValue = 60;

    /// <param name="variables">The process environment: no name of a file is a command to the CI system that reads this.</param>
    public static string Tree(IReadOnlyList<ImageChanges> changes, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            Write(text, change, "");
        }

        return changes.Count == 0 ? "Every image is up to date.\n" : CiLog.Of(variables).Neutral(text.ToString());
    }

    /// <summary>Version 1.</summary>
    public static string Json(IReadOnlyList<ImageChanges> changes) => JsonText.Of(json => WriteImages(json, "images", changes));

    private static void Write(StringBuilder text, ImageChanges change, string indent)
    {
        text.Append(indent).Append(change.Image.Image.Node.DisplayName).Append(": ").Append(change.Image.Action.Word()).Append(", ").Append(change.Image.Reason).Append('\n');
        if (change.Differences is null)
        {
            text.Append(indent).Append(Indent).Append("No build of it is remembered on this machine, so there is nothing to compare with.\n");
        }
        else if (change.Differences.Count == 0)
        {
            text.Append(indent).Append(Indent).Append("Nothing that it is made of has changed.\n");
        }

        foreach (var difference in change.Differences ?? [])
        {
            text.Append(indent).Append(Indent).Append(difference).Append(Values(difference)).Append('\n');
        }

        foreach (var parent in change.Bases)
        {
            Write(text, parent, indent + Indent);
        }
    }

    /// <summary>Values that mean something to a person: not hashes, keys and modes.</summary>
    private static string Values(KeyDifference difference) =>
        difference.Section.StartsWith(KeySections.File, StringComparison.Ordinal) || difference.Section is KeySections.Bases or KeySections.Externals or KeySections.Instruction or KeySections.Stage
            ? ""
            : (difference.Before, difference.After) switch
            {
                ({ } before, { } after) when IsShort(before) && IsShort(after) => $": `{before}` before, `{after}` now",
                (null, { Length: > 0 } after) when IsShort(after) => $": `{after}`",
                ({ Length: > 0 } before, null) when IsShort(before) => $": was `{before}`",
                _ => "",
            };

    private static bool IsShort(string value) => value.Length <= LongestValue && !value.Any(char.IsControl) && !value.StartsWith(KeyExplanation.HashPrefix, StringComparison.Ordinal);

    private static void WriteImages(Utf8JsonWriter json, string name, IReadOnlyList<ImageChanges> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("name", change.Image.Name);
            json.WriteString("action", change.Image.Action.Word());
            json.WriteString("reason", change.Image.Reason);
            json.WriteBoolean("isRemembered", change.Differences is not null);
            json.WriteStartArray("differences");
            foreach (var difference in change.Differences ?? [])
            {
                json.WriteStartObject();
                json.WriteString("kind", difference.Section);
                json.WriteString("name", difference.Name);
                json.WriteString("change", ChangeWord(difference.Change));
                json.WriteString("before", difference.Before);
                json.WriteString("after", difference.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteImages(json, "bases", change.Bases);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string ChangeWord(KeyChange change) => change switch
    {
        KeyChange.Added => "added",
        KeyChange.Removed => "removed",
        _ => "changed",
    };
}
