using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>
/// A pattern as a sequence of steps that all advance together over the characters of a path, so that no pattern takes longer than its length times the
/// path's. Written instead of a regular expression, whose first use alone costs a run more than all of its matching.
/// </summary>
internal sealed class PatternProgram
{
    private const int StackLimit = 256;

    private readonly PatternStep[] _steps;

    private PatternProgram(PatternStep[] steps) => _steps = steps;

    /// <exception cref="FormatException">A class or an escape is not complete, or not known.</exception>
    public static PatternProgram Compile(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var steps = new List<PatternStep>();
        for (var i = 0; i < runes.Length; i++)
        {
            switch ((char)Math.Min(runes[i].Value, char.MaxValue))
            {
                case '*' when Is(runes, i + 1, '*'):
                    i += Is(runes, i + 2, '/') ? 2 : 1;
                    AppendDoubleStar(steps, isLast: i + 1 == runes.Length);
                    break;
                case '*':
                    steps.Add(new PatternStep(PatternStepKind.AnyName));
                    break;
                case '?':
                    steps.Add(new PatternStep(PatternStepKind.NotSeparator));
                    break;
                case '[':
                    steps.Add(new PatternStep(PatternStepKind.Class) { Class = PatternClass.Parse(runes, ref i, text) });
                    break;
                case '\\':
                    steps.Add(++i < runes.Length ? PatternEscape.Parse(runes[i], text) : throw Incomplete(text));
                    break;
                default:
                    steps.Add(new PatternStep(PatternStepKind.Character) { Character = runes[i] });
                    break;
            }
        }

        return new PatternProgram([.. steps]);
    }

    public static FormatException Incomplete(string text) => new($"The pattern '{text}' is not complete: a class or an escape does not end.");

    public bool IsMatch(string path)
    {
        var count = _steps.Length + 1;
        var states = count <= StackLimit ? stackalloc bool[2 * count] : new bool[2 * count];
        var (now, next) = (0, count);
        var runes = path.EnumerateRunes();
        var place = new PatternPlace(PatternPlace.None, runes.MoveNext() ? runes.Current.Value : PatternPlace.None);
        Enter(states[..count], 0, place);
        while (place.After != PatternPlace.None)
        {
            var rune = runes.Current;
            place = new PatternPlace(rune.Value, runes.MoveNext() ? runes.Current.Value : PatternPlace.None);
            var current = states.Slice(now, count);
            var following = states.Slice(next, count);
            following.Clear();
            for (var i = 0; i < _steps.Length; i++)
            {
                if (current[i])
                {
                    Advance(following, i, rune, place);
                }
            }

            (now, next) = (next, now);
        }

        return states[now + _steps.Length];
    }

    private static bool Is(Rune[] runes, int index, char character) => index < runes.Length && runes[index].Value == character;

    private static void AppendDoubleStar(List<PatternStep> steps, bool isLast)
    {
        if (isLast)
        {
            steps.Add(new PatternStep(PatternStepKind.Anything));
        }
        else
        {
            steps.Add(new PatternStep(PatternStepKind.Directories));
            steps.Add(new PatternStep(PatternStepKind.InDirectories));
        }
    }

    /// <summary>Marks a step, and those after it that need no character.</summary>
    /// <param name="states">The steps that are waited at.</param>
    /// <param name="index">The step.</param>
    /// <param name="place">Where in the path.</param>
    private void Enter(Span<bool> states, int index, PatternPlace place)
    {
        states[index] = true;
        if (index < _steps.Length)
        {
            switch (_steps[index].Kind)
            {
                case PatternStepKind.AnyName or PatternStepKind.Anything:
                    Enter(states, index + 1, place);
                    break;
                case PatternStepKind.Directories:
                    // None at all, or some that end with a separator.
                    states[index + 1] = true;
                    Enter(states, index + 2, place);
                    break;
                case PatternStepKind kind when place.Holds(kind):
                    Enter(states, index + 1, place);
                    break;
            }
        }
    }

    private void Advance(Span<bool> states, int index, Rune rune, PatternPlace place)
    {
        var step = _steps[index];
        switch (step.Kind)
        {
            case PatternStepKind.Anything:
            case PatternStepKind.AnyName when rune.Value != '/':
                Enter(states, index, place);
                break;
            case PatternStepKind.InDirectories:
                states[index] = true;
                if (rune.Value == '/')
                {
                    Enter(states, index + 1, place);
                }

                break;
            case PatternStepKind.NotSeparator when rune.Value != '/':
            case PatternStepKind.Character when rune == step.Character:
            case PatternStepKind.Class when step.Class!.Contains(rune):
                Enter(states, index + 1, place);
                break;
        }
    }
}
