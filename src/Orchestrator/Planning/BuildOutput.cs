namespace Orchestrator.Planning;

/// <summary>Where images have to be in the end.</summary>
internal enum BuildOutput
{
    /// <summary>On the engine, with their local names.</summary>
    Engine,

    /// <summary>In the registry that remembers builds, under their key tags; on the engine only where something is built on them.</summary>
    Registry,
}
