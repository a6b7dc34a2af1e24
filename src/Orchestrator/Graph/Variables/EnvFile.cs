using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Variables;

/// <summary>
/// An env file by Compose's rules (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax):
/// <c>export</c>, comments, single and double quotes over several lines, escapes, variables in unquoted and double-quoted values.
/// </summary>
internal sealed partial class EnvFile
{
    private readonly string _file;
    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Dictionary<string, string> _values;
    private readonly Interpolation _interpolation;
    private int _index;

    private EnvFile(string file, string text, IReadOnlyDictionary<string, string> environment, Dictionary<string, string> values, DiagnosticBag diagnostics)
    {
        _file = file;
        _text = text;
        _diagnostics = diagnostics;
        _environment = environment;
        _values = values;
        _interpolation = new Interpolation(name => environment.GetValueOrDefault(name) ?? values.GetValueOrDefault(name), diagnostics);
    }

    /// <summary>Reads a file into <paramref name="values"/>; what is there already is overwritten and can be used by the file.</summary>
    /// <param name="environment">The process environment, which wins when the file's own values use a variable.</param>
    public static void Read(string file, string text, IReadOnlyDictionary<string, string> environment, Dictionary<string, string> values, DiagnosticBag diagnostics)
    {
        var content = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        new EnvFile(file, content, environment, values, diagnostics).ReadLines();
    }

    private void ReadLines()
    {
        if (_text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            Fail(nul, "it holds the character NUL");
            return;
        }

        while (SkipBlankAndComments())
        {
            if (!ReadLine())
            {
                return;
            }
        }
    }

    /// <summary>False at the end of the file.</summary>
    private bool SkipBlankAndComments()
    {
        while (_index < _text.Length)
        {
            if (_text[_index] == '#')
            {
                _index = LineEnd(_index);
            }
            else if (char.IsWhiteSpace(_text[_index]))
            {
                _index++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private bool ReadLine()
    {
        SkipExport();
        var start = _index;
        while (_index < _text.Length && IsNameCharacter(_text[_index]))
        {
            _index++;
        }

        var name = _text[start.._index];
        SkipSpaces();
        var sign = _index < _text.Length ? _text[_index] : '\n';
        if (name.Length == 0 || sign is not ('=' or ':' or '\n' or '#'))
        {
            return Fail(_index, name.Length == 0 ? "a name was expected" : $"'=' was expected behind '{name}'");
        }

        if (sign is '\n' or '#')
        {
            Inherit(name);
            return true;
        }

        _index++;
        SkipSpaces();
        if (_index < _text.Length && _text[_index] is '"' or '\'')
        {
            return ReadQuoted(name);
        }

        ReadPlain(name);
        return true;
    }

    private void SkipExport()
    {
        const string Export = "export";
        if (_text.AsSpan(_index).StartsWith(Export, StringComparison.Ordinal) && _index + Export.Length < _text.Length && _text[_index + Export.Length] is ' ' or '\t')
        {
            _index += Export.Length;
            SkipSpaces();
        }
    }

    /// <summary>A name without a value takes the environment's; without one there it is not set.</summary>
    private void Inherit(string name)
    {
        if (_environment.TryGetValue(name, out var value))
        {
            _values[name] = value;
        }
    }

    private void SkipSpaces()
    {
        while (_index < _text.Length && _text[_index] is ' ' or '\t')
        {
            _index++;
        }
    }

    private int LineEnd(int index)
    {
        var end = _text.IndexOf('\n', index);
        return end < 0 ? _text.Length : end;
    }

    private bool Fail(int index, string reason)
    {
        _diagnostics.Add(Rules.EnvFileMalformed.At(PlaceOf(index), reason));
        return false;
    }

    private SourceSpan PlaceOf(int index)
    {
        var before = _text.AsSpan(0, Math.Min(index, _text.Length));
        return new SourceSpan(_file, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static bool IsNameCharacter(char character) =>
        char.IsLetter(character) || char.IsNumber(character) || character is '_' or '.' or '-' or '[' or ']';
}
