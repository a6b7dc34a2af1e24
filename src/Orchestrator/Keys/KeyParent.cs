namespace Orchestrator.Keys;

/// <summary>An image of the graph that another one is built from.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Name">In the graph.</param>
/// <param name="Key">Its key, in hexadecimal digits.</param>
internal sealed record KeyParent(string Reference, string Name, string Key);
