namespace Orchestrator.Contexts;

/// <summary>The part of a context that a build can see.</summary>
/// <param name="Source">The directory.</param>
/// <param name="IgnoreText">The patterns that hold for it; null when there are none.</param>
/// <param name="Paths">
/// What is copied or mounted from it, as BuildKit asks for it: clean, relative, wildcards kept, sorted. Null is all of it; empty is nothing.
/// </param>
internal sealed record ContextRequest(ContextSource Source, string? IgnoreText, IReadOnlyList<string>? Paths)
{
    /// <summary>What the builder asks for besides and takes nothing of; "" is everything.</summary>
    public IReadOnlyList<string> Idle { get; init; } = [];

    /// <summary>False when nothing is taken from it.</summary>
    public bool IsUsed => Paths is not { Count: 0 };

    /// <summary>Equal for equal requests.</summary>
    public string Identity => $"{Source.Identity}\0\0{IgnoreText ?? "\0"}\0\0{(Paths is null ? "\0" : string.Join('\0', Paths))}\0\0{string.Join('\0', Idle)}";
}
