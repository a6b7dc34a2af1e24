namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>Files of CI systems: each is read as YAML, and the lines that it would run are run, job by job, on an engine that has no image of the graph.</summary>
internal static class Workflow
{
    /// <returns>How many scripts were run; 0 for any other file.</returns>
    public static Task<int> RunAsync(PageRepository repository, string path) => path switch
    {
        ['.', 'g', 'i', 't', 'h', 'u', 'b', '/', ..] => new GitHubWorkflow(repository).RunAsync(path),
        _ when path.StartsWith("azure-pipelines", StringComparison.Ordinal) => new AzurePipeline(repository).RunAsync(path),
        ".gitlab-ci.yml" => new GitLabPipeline(repository).RunAsync(path),
        _ => Task.FromResult(0),
    };
}
