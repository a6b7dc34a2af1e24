namespace Orchestrator.Graph.Reading;

/// <summary>The YAML forms that a key's value may have.</summary>
[Flags]
internal enum KeyForms
{
    Text = 1,
    List = 2,
    Map = 4,
    Empty = 8,

    /// <summary><c>NAME: value</c> or <c>- NAME=value</c>.</summary>
    Pairs = List | Map | Empty,
    Entries = Map | Empty,
    Items = List | Empty,
}
