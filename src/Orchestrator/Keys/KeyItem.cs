namespace Orchestrator.Keys;

/// <summary>One input of a key.</summary>
/// <param name="Section">What kind of thing it is: <c>file</c>, <c>argument</c>, <c>instruction</c> …</param>
/// <param name="Name">Its name, path or text.</param>
/// <param name="Value">Null when it is not set.</param>
internal sealed record KeyItem(string Section, string Name, string? Value);
