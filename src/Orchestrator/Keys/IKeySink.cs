using Orchestrator.Contexts;

namespace Orchestrator.Keys;

/// <summary>What the walk over an image's inputs writes to: one writer hashes, another explains.</summary>
internal interface IKeySink
{
    void Field(string name, string? value);

    /// <summary>Opens a list: its count is part of the key, so that an item cannot pass for a field that follows the list.</summary>
    void List(string name, int count);

    /// <summary>The files that a build can see of a context.</summary>
    void Files(string context, ContextSnapshot snapshot);
}
