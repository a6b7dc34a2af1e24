namespace Orchestrator.Dockerfiles;

/// <summary>A flag that an instruction knows.</summary>
internal sealed record FlagShape(string Name, FlagForm Form);
