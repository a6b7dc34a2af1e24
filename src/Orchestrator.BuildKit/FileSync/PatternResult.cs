namespace Orchestrator.BuildKit.FileSync;

/// <summary>Whether a path matches a list of patterns, and which of them: what the entries below it need to know.</summary>
internal readonly struct PatternResult(bool isMatch, bool[] perPattern)
{
    public static PatternResult Root => default;

    public bool IsMatch => isMatch;

    public bool Matched(int pattern) => perPattern is not null && perPattern[pattern];
}
