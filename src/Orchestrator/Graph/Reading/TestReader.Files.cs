using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <content>What a test expects of files.</content>
internal sealed partial class TestReader
{
    private const int AllPermissions = 0xFFF;

    private List<ExpectedFile> Files(KeyedMapping test)
    {
        var files = test.Texts("files").Select(path => Named(path) is { } named ? new ExpectedFile(named) : null).OfType<ExpectedFile>().ToList();
        files.AddRange(test.Entries("files").Select(File).OfType<ExpectedFile>());
        if (test.Find("files") is { } entry && test.Items("files").Count + test.Entries("files").Count == 0)
        {
            _diagnostics.Add(Rules.InvalidValue.At(entry.Key.Span, "", "files", "it names no file"));
        }

        return files;
    }

    private string? Named(Located<string> path) => AbsolutePath(path, "files") is { Length: > 0 } absolute ? absolute : null;

    private ExpectedFile? File(YamlEntry entry)
    {
        if (Named(new Located<string>(entry.Key.Value, entry.Key.Span)) is not { } path)
        {
            return null;
        }

        switch (entry.Value)
        {
            case YamlScalar { IsNull: true } or YamlScalar { Value: "exists" }:
                return new ExpectedFile(path);
            case YamlScalar { Value: "absent" }:
                return new ExpectedFile(path) { IsAbsent = true };
            case YamlScalar other:
                _diagnostics.Add(Rules.InvalidValue.At(other.Span, other.Value, path, "write exists, absent, or a mapping"));
                return null;
            case YamlMapping mapping:
                return Described(path, new KeyedMapping(mapping, KeyPlaces.TestFile, "a file of a test", _diagnostics));
            default:
                _diagnostics.Add(Rules.WrongType.At(entry.Value.Span, path, "a text or a mapping", entry.Value.Kind));
                return null;
        }
    }

    private ExpectedFile Described(string path, KeyedMapping file)
    {
        var (user, group) = Owner(file);
        return new ExpectedFile(path) { Type = Type(file), Mode = Mode(file), UserId = user, GroupId = group, Content = Expected(file, "content") };
    }

    private ExpectedFileType? Type(KeyedMapping file)
    {
        switch (file.FilledText("type"))
        {
            case null:
                return null;
            case { Value: "file" }:
                return ExpectedFileType.File;
            case { Value: "directory" }:
                return ExpectedFileType.Directory;
            case { Value: "link" }:
                return ExpectedFileType.Link;
            case { } text:
                _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "type", "write file, directory or link"));
                return null;
        }
    }

    private int? Mode(KeyedMapping file)
    {
        if (file.FilledText("mode") is not { } text)
        {
            return null;
        }

        var digits = text.Value.StartsWith("0o", StringComparison.Ordinal) ? text.Value[2..] : text.Value;
        if (digits.Length is > 0 and <= 5 && digits.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(digits, 8) is var mode and <= AllPermissions)
        {
            return mode;
        }

        _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "mode", "write permissions in octal digits, such as 0644"));
        return null;
    }

    private (int? User, int? Group) Owner(KeyedMapping file)
    {
        if (file.FilledText("owner") is not { } text)
        {
            return (null, null);
        }

        var parts = text.Value.Split(':');
        if (parts.Length <= 2 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null);
        }

        _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "owner", "write numbers, uid or uid:gid; names are known in the image only"));
        return (null, null);
    }
}
