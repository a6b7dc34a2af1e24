using Orchestrator.Diagnostics;

namespace Orchestrator.Keys;

/// <summary>One input that is not what it was.</summary>
/// <param name="Section">What kind of thing it is.</param>
/// <param name="Name">Its name, path or text.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Before">Null when it was not there or not set.</param>
/// <param name="After">Null when it is not there or not set.</param>
internal sealed record KeyDifference(string Section, string Name, KeyChange Change, string? Before, string? After)
{
    /// <summary>Everything that two walks do not share; in the order of the new one, then what went.</summary>
    public static IReadOnlyList<KeyDifference> Between(KeyExplanation before, KeyExplanation after)
    {
        var old = new Dictionary<(string, string), Queue<KeyItem>>();
        foreach (var item in before.Items)
        {
            if (!old.TryGetValue((item.Section, item.Name), out var same))
            {
                old.Add((item.Section, item.Name), same = new Queue<KeyItem>());
            }

            same.Enqueue(item);
        }

        var differences = new List<KeyDifference>();
        foreach (var item in after.Items)
        {
            if (!old.TryGetValue((item.Section, item.Name), out var same) || !same.TryDequeue(out var was))
            {
                differences.Add(new KeyDifference(item.Section, item.Name, KeyChange.Added, null, item.Value));
            }
            else if (was.Value != item.Value)
            {
                differences.Add(new KeyDifference(item.Section, item.Name, KeyChange.Changed, was.Value, item.Value));
            }
        }

        differences.AddRange(old.Values.SelectMany(items => items).Select(item => new KeyDifference(item.Section, item.Name, KeyChange.Removed, item.Value, null)));
        if (differences.Count == 0 && !before.Items.SequenceEqual(after.Items))
        {
            differences.Add(new KeyDifference(KeySections.Instructions, "their order", KeyChange.Changed, null, null));
        }

        // What an ARG instruction says, its argument says with its value.
        return differences.Exists(difference => difference.Section == KeySections.Arguments)
            ? [.. differences.Where(difference => !difference.IsArgumentInstruction)]
            : differences;
    }

    /// <summary>The name of the image of the graph, where that is what differs.</summary>
    public string BaseName => Name.Split(ImageKey.ParentSeparator)[0];

    /// <summary>In words, without its values.</summary>
    public override string ToString() => Change switch
    {
        KeyChange.Added => $"{Subject} is new",
        KeyChange.Removed => $"{Subject} is gone",
        _ => $"{Subject} changed",
    };

    private bool IsArgumentInstruction => Section == KeySections.Instruction && Name.StartsWith("ARG ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of files it is the name that somebody gave them, whatever characters that has.</summary>
    private string Subject => VisibleLine.Of(Section switch
    {
        KeySections.Instructions => "the order of instructions",
        KeySections.Bases => $"{Section} `{BaseName}`",
        KeySections.File => $"`{Name}`",
        _ when Section.StartsWith(KeySections.FileOf, StringComparison.Ordinal) => $"`{Name}` of named context `{Section[KeySections.FileOf.Length..]}`",
        _ => $"{Section} `{Name}`",
    });
}
