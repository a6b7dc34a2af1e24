namespace Orchestrator.Keys;

/// <summary>
/// A name and what it stands for. A class, as everything that is sorted and selected on the way to a key: generic code over tuples is compiled anew in every
/// process, which costs more than the work itself.
/// </summary>
internal sealed record NamedText(string Name, string? Value)
{
    /// <summary>By name, then by value; letters by their code.</summary>
    public static List<NamedText> Sorted(IEnumerable<NamedText> pairs)
    {
        var sorted = new List<NamedText>(pairs);
        sorted.Sort(Compare);
        return sorted;
    }

    private static int Compare(NamedText left, NamedText right) =>
        string.CompareOrdinal(left.Name, right.Name) is var order and not 0 ? order : string.CompareOrdinal(left.Value, right.Value);
}
