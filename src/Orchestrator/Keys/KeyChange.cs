namespace Orchestrator.Keys;

/// <summary>What became of an input of a key.</summary>
internal enum KeyChange
{
    Added,
    Changed,
    Removed,
}
