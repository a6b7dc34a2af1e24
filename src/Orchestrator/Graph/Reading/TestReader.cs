using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>test</c> of an image, a target or the defaults.</summary>
internal sealed partial class TestReader(ReadingScope scope)
{
    private const int HighestExitCode = 255;
    private const int LongestName = 80;

    /// <summary>Mean nothing where nothing is run.</summary>
    private static readonly string[] OfCommands = ["exit_code", "stdout", "stderr", "output", "user", "working_dir", "environment", "network", "timeout"];

    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;

    public IReadOnlyList<ImageTest> Read(KeyedMapping section) => [.. section.Items("test").Select(Entry).OfType<ImageTest>()];

    private ImageTest? Entry(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false, Value.Length: > 0 } line:
                return new ImageTest { Name = NameOf(line.Value), Span = line.Span, Command = new TestedCommand { Line = line.Value } };
            case YamlMapping mapping:
                var before = _diagnostics.Items.Count;
                var test = new KeyedMapping(mapping, KeyPlaces.Test, "a test", _diagnostics);
                return _diagnostics.Items.Count == before ? Entry(test) : null; // what is missing may be what was misspelt
            default:
                _diagnostics.Add(Rules.WrongType.At(node.Span, "test", "a list of commands or mappings", node.Kind));
                return null;
        }
    }

    private ImageTest? Entry(KeyedMapping test)
    {
        var runs = test.Find("run") is not null || test.Flag("entrypoint") == true;
        if (!runs && OfCommands.FirstOrDefault(key => test.Find(key) is not null) is { } orphan)
        {
            _diagnostics.Add(Rules.KeyMissing.At(test.Find(orphan)!.Key.Span, $"'{orphan}'", "run"));
            return null;
        }

        if (!runs && test.Find("files") is null && test.Find("max_size") is null)
        {
            _diagnostics.Add(Rules.KeyMissing.At(test.Span, "A test", "run"));
            return null;
        }

        var command = runs ? Command(test) : null;
        var read = new ImageTest { Name = "", Span = test.Span, Command = command, Files = Files(test), MaximumSize = MaximumSize(test) };
        return read with { Name = test.FilledText("name")?.Value ?? NameOf(read) };
    }

    private TestedCommand Command(KeyedMapping test)
    {
        var usesEntrypoint = test.Flag("entrypoint") == true;
        var line = test.FilledText("run");
        if (usesEntrypoint && line is { } text)
        {
            _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "run", "behind the entry point there is no shell to split it, so write a list"));
        }
        else if (line is null && test.Find("run") is { Value: YamlSequence { Items.Count: 0 } list })
        {
            _diagnostics.Add(Rules.InvalidValue.At(list.Span, "[]", "run", "it names no program"));
        }

        return new TestedCommand
        {
            Line = line?.Value,
            Arguments = line is null ? [.. test.Texts("run").Select(argument => argument.Value)] : [],
            UsesEntrypoint = usesEntrypoint,
            ExitCode = ExitCode(test),
            StandardOutput = Expected(test, "stdout"),
            StandardError = Expected(test, "stderr"),
            Output = Expected(test, "output"),
            User = test.FilledText("user")?.Value ?? "",
            WorkingDirectory = AbsolutePath(test.FilledText("working_dir"), "working_dir"),
            Environment = Environment(test),
            Network = test.FilledText("network")?.Value ?? TestedCommand.NoNetwork,
            Timeout = Timeout(test),
        };
    }

    private int ExitCode(KeyedMapping test)
    {
        if (test.Text("exit_code") is not { } text)
        {
            return 0;
        }

        if (int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code <= HighestExitCode)
        {
            return code;
        }

        _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "exit_code", $"write a number from 0 to {HighestExitCode}"));
        return 0;
    }

    private IReadOnlyList<ExpectedText> Expected(KeyedMapping mapping, string key)
    {
        var read = new List<ExpectedText>();
        foreach (var text in mapping.Texts(key))
        {
            var expected = new ExpectedText(text.Value);
            if (expected.Problem() is { } problem)
            {
                _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, key, problem));
            }

            read.Add(expected);
        }

        return read;
    }

    /// <summary>As with build arguments: what has no value takes the environment's, and is not there when that has none.</summary>
    private List<string> Environment(KeyedMapping test)
    {
        var read = new List<string>();
        foreach (var (name, value) in test.Pairs("environment"))
        {
            if (name.Length == 0)
            {
                _diagnostics.Add(Rules.InvalidValue.At(value.Span, "=" + value.Value, "environment", "the name is missing"));
            }
            else if ((value.Value ?? scope.Variables.GetValueOrDefault(name)) is { } known)
            {
                read.Add($"{name}={known}");
            }
        }

        return read;
    }

    private TimeSpan Timeout(KeyedMapping test)
    {
        if (test.FilledText("timeout") is not { } text)
        {
            return TestedCommand.DefaultTimeout;
        }

        if (!TimeLimit.TryParse(text.Value, out var duration))
        {
            _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "timeout", TimeLimit.Form));
        }

        return duration;
    }

    private Located<long>? MaximumSize(KeyedMapping test)
    {
        if (test.FilledText("max_size") is not { } text)
        {
            return null;
        }

        if (!ByteSize.TryParse(text.Value, out var bytes))
        {
            _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "max_size", ByteSize.Form));
        }

        return new Located<long>(bytes, text.Span);
    }

    /// <returns>Empty when there is none, or it is not absolute, which is a diagnostic.</returns>
    private string AbsolutePath(Located<string>? path, string key)
    {
        if (path is not { } written || written.Value.StartsWith('/'))
        {
            return path?.Value ?? "";
        }

        _diagnostics.Add(Rules.InvalidValue.At(written.Span, written.Value, key, "write an absolute path of the container"));
        return "";
    }

    private static string NameOf(ImageTest test) => test switch
    {
        { Command: { Line: { } line } } => NameOf(line),
        { Command: { Arguments.Count: > 0 } command } => NameOf(string.Join(' ', command.Arguments)),
        { Command: not null } => "the image's own command",
        { Files: [var file] } => NameOf(file.Path),
        { Files.Count: > 0 } => $"{test.Files[0].Path} and {test.Files.Count - 1} more",
        _ => "max_size",
    };

    /// <summary>One line of it, not too long.</summary>
    private static string NameOf(string text)
    {
        var line = text.Trim().Split('\n')[0].TrimEnd();
        return line.Length == text.Trim().Length && line.Length <= LongestName ? line : string.Concat(line.AsSpan(0, Math.Min(line.Length, LongestName)), "…");
    }
}
