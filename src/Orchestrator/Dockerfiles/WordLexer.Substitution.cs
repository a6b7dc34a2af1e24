namespace Orchestrator.Dockerfiles;

/// <summary><c>$name</c> and <c>${name…}</c>.</summary>
internal sealed partial class WordLexer
{
    private bool KeepsUnset => lexing.HasFlag(WordLexing.KeepUnset);

    private string? ReadSubstitution()
    {
        if (_depth >= DeepestNesting)
        {
            return Fail("substitutions are nested too deeply");
        }

        _depth++;
        var result = ReadAfterDollar();
        _depth--;
        return result;
    }

    private string? ReadAfterDollar()
    {
        _position++;
        if (Peek != '{')
        {
            var name = ReadName();
            return name.Length == 0 ? "$" : lookup(name) ?? (KeepsUnset ? "$" + name : "");
        }

        _position++;
        if (AtEnd)
        {
            return Fail("the closing '}' is missing");
        }

        return Peek is '{' or '}' or ':' ? Fail("'${' must be followed by the name of a variable") : ReadAfterName(ReadName());
    }

    private string? ReadAfterName(string name)
    {
        if (AtEnd)
        {
            return Fail("the closing '}' is missing");
        }

        var modifier = text[_position++];
        if (modifier == '}')
        {
            return lookup(name) ?? (KeepsUnset ? "${" + name + "}" : "");
        }

        if (modifier == '/')
        {
            return ReadReplacement(name);
        }

        var emptyIsUnset = modifier == ':';
        if (emptyIsUnset)
        {
            if (AtEnd)
            {
                return Fail("the closing '}' is missing");
            }

            modifier = text[_position++];
        }

        var written = emptyIsUnset ? ":" + modifier : modifier.ToString();
        var isTrim = modifier is '#' or '%';
        if ((!isTrim && modifier is not ('-' or '+' or '?')) || (isTrim && emptyIsUnset))
        {
            return Fail($"the modifier '{written}' is not supported; use one of :- :+ :? - + ? # ## % %% / //");
        }

        if (ReadNested('}', isTrim) is not { } word)
        {
            return null;
        }

        var value = lookup(name);
        if (value is null && KeepsUnset)
        {
            return "${" + name + written + word + "}";
        }

        return isTrim ? Trim(modifier, word, value ?? "") : Choose(modifier, word, name, value, emptyIsUnset);
    }

    private string? Choose(char modifier, string word, string name, string? value, bool emptyIsUnset)
    {
        var isSet = value is not null && !(emptyIsUnset && value.Length == 0);
        return modifier switch
        {
            '-' => isSet ? value : word,
            '+' => isSet ? word : "",
            _ when isSet => value,
            _ when word.Length > 0 => Fail($"{name}: {word}", dependsOnValue: true),
            _ => Fail($"{name} must be set" + (emptyIsUnset ? " and not empty" : ""), dependsOnValue: true),
        };
    }

    private string? Trim(char modifier, string word, string value)
    {
        var longest = word.StartsWith(modifier);
        var pattern = longest ? word[1..] : word;
        var trimmed = modifier == '#' ? ShellPattern.TrimStart(value, pattern, longest) : ShellPattern.TrimEnd(value, pattern, longest);
        return trimmed ?? Fail($"the pattern '{pattern}' escapes a character other than * ? \\");
    }

    private string? ReadReplacement(string name)
    {
        var all = Peek == '/';
        if (all)
        {
            _position++;
        }

        if (ReadNested('/', keepEscapes: true) is not { } pattern || ReadNested('}', keepEscapes: true) is not { } replacement)
        {
            return null;
        }

        var value = lookup(name);
        if (value is null && KeepsUnset)
        {
            return $"${{{name}/{pattern}/{replacement}}}";
        }

        // BuildKit reads $0 and $name in the replacement of // as references to the match, by accident of the library it uses.
        IsExact &= !(all && replacement.Contains('$', StringComparison.Ordinal));
        return ShellPattern.Replace(value ?? "", pattern, replacement, all) ?? Fail($"the pattern '{pattern}' escapes a character other than * ? \\");
    }

    private string? ReadNested(char stop, bool keepEscapes)
    {
        var (outerWords, outerInWord, outerKeepEscapes) = (_words, _inWord, _keepEscapes);
        (_words, _inWord, _keepEscapes) = ([], false, keepEscapes);
        var result = ReadUntil(stop);
        (_words, _inWord, _keepEscapes) = (outerWords, outerInWord, outerKeepEscapes);
        _word.Clear(); // BuildKit shares this buffer between the levels, so what was before the substitution is lost to the word
        return result;
    }

    /// <summary>Letters, digits and underscores; digits only when it starts with one; or one of the shell's special parameters.</summary>
    private string ReadName()
    {
        var start = _position;
        if (char.IsDigit(Peek))
        {
            while (char.IsDigit(Peek))
            {
                _position++;
            }
        }
        else if (Peek is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _position++;
        }
        else
        {
            while (char.IsLetter(Peek) || char.IsDigit(Peek) || Peek == '_')
            {
                _position++;
            }
        }

        return text[start.._position];
    }
}
