namespace Orchestrator.Repository.Tests;

/// <summary>Which option of the command a property stands for, as the targets pass it on.</summary>
internal static class PropertyOptions
{
    public static IReadOnlyList<(string Property, string Option)> All { get; } =
    [
        ("OrchestratorGraph", "`--file`"),
        ("OrchestratorEnvironment", "`--environment`"),
        ("OrchestratorImages", "names of images"),
        ("OrchestratorParallel", "`--parallel` of `build`"),
        ("OrchestratorNoCache", "`--no-cache` of `build` and `plan`"),
        ("OrchestratorPull", "`--pull` of `build` and `plan`"),
        ("OrchestratorOutput", "`--output` of `build` and `plan`"),
        ("OrchestratorKeep", "`--keep`"),
        ("OrchestratorReport", "`--report` of `build`"),
        ("OrchestratorEngineMissing", "`--engine-missing`"),
        ("OrchestratorVersion", "`--version` of `plan`, `tags` and `push`"),
        ("OrchestratorCommit", "`--commit`"),
        ("OrchestratorBranch", "`--branch`"),
        ("OrchestratorPushManifest", "`--manifest` of `push`"),
        ("OrchestratorPushDryRun", "`--dry-run` of `push`"),
        ("OrchestratorRequireTests", "`--require-tests` of `push`"),
        ("OrchestratorTestResults", "`--trx` of `test`"),
        ("OrchestratorTestJUnit", "`--junit` of `test`"),
        ("OrchestratorTestNoCache", "`--no-cache` of `test`"),
        ("NoBuild", "`--no-build` of `test`"),
        ("OrchestratorLockUpdate", "`--update` of `lock`"),
        ("OrchestratorLockRefresh", "`--refresh` of `lock`"),
        ("OrchestratorLockCheck", "`--check` of `lock`"),
    ];
}
