namespace Orchestrator.Graph.Reading;

internal enum KeySupport
{
    Honoured,

    /// <summary>It has a meaning that is not implemented: refused, never ignored.</summary>
    NotYet,

    /// <summary>A key of Compose services that does not concern building.</summary>
    OfCompose,
}
