namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>What the plan says of one image.</summary>
/// <param name="Key">Null when it is not known.</param>
internal sealed record Planned(string Name, string? Key, string Action, string Reason);
