namespace Orchestrator.Dockerfiles;

/// <summary>What the configuration of a base image contributes to an evaluation.</summary>
/// <param name="Triggers">The texts of ONBUILD.</param>
internal sealed record BaseImage(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Triggers);
