namespace Orchestrator.Planning;

internal static class PlanActionText
{
    /// <summary>The word that users, JSON and MSBuild items see.</summary>
    public static string Word(this PlanAction action) => action switch
    {
        PlanAction.UpToDate => "up-to-date",
        PlanAction.Retag => "retag",
        PlanAction.Pull => "pull",
        PlanAction.Present => "present",
        PlanAction.Push => "push",
        PlanAction.Build => "build",
        _ => "blocked",
    };
}
