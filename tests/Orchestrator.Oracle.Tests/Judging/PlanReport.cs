namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>A plan, or why there is none.</summary>
/// <param name="Images">By name.</param>
/// <param name="Refusal">What the command printed when it failed; null when it did not.</param>
internal sealed record PlanReport(IReadOnlyDictionary<string, Planned> Images, string? Refusal)
{
    public string? Key(string image) => Images.GetValueOrDefault(image)?.Key;
}
