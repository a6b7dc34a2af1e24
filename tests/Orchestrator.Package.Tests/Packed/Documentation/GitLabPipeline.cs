using YamlDotNet.RepresentationModel;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A pipeline of GitLab: the lines of each job's script, and the jobs of a child pipeline, half of which an earlier job wrote.</summary>
internal sealed class GitLabPipeline(PageRepository repository)
{
    public async Task<int> RunAsync(string path)
    {
        var count = 0;
        var pipeline = WorkflowFile.Read(repository, path);
        foreach (var (name, job) in pipeline.Mappings().Where(job => !job.Name.StartsWith('.')))
        {
            if (job.Find("script") is not null)
            {
                count += await JobAsync(path, pipeline, job, null);
            }
            else if (job.Find("trigger") is not null)
            {
                count += await ChildAsync(job);
            }
            else
            {
                Assert.That(name, Is.AnyOf("default", "variables", "stages", "workflow"), path);
            }
        }

        return count;
    }

    private async Task<int> ChildAsync(YamlMappingNode job)
    {
        var files = job.Items("trigger", "include").Select(include => include.Text("local") ?? include.Text("artifact")!).ToList();
        var own = WorkflowFile.Read(repository, files[0]);
        var jobs = WorkflowFile.Read(repository, files[1]).Mappings().ToList();
        foreach (var (_, image) in jobs)
        {
            Assert.That(image.Text("extends"), Is.EqualTo(".orchestrator"));
            await JobAsync(files[0], own, (YamlMappingNode)own.Find(".orchestrator")!, image.Find("variables"));
        }

        return jobs.Count;
    }

    private async Task<int> JobAsync(string path, YamlMappingNode pipeline, YamlMappingNode job, YamlNode? variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITLAB_CI"] = "true",
            ["CI_PIPELINE_IID"] = WorkflowFile.RunNumber,
            ["CI_JOB_ID"] = WorkflowFile.Attempt,
            ["CI_REGISTRY"] = repository.Replace("ghcr.io"),
            ["CI_REGISTRY_USER"] = "reader",
            ["CI_REGISTRY_PASSWORD"] = "none",
        };
        pipeline.Find("variables").AddTo(environment);
        job.Find("variables").AddTo(environment);
        variables.AddTo(environment);
        await repository.BecomeAgentAsync();
        var lines = pipeline.Items("default", "before_script").Concat(job.Items("script")).Select(line => ((YamlScalarNode)line).Value);
        await WorkflowFile.RunAsync(repository, path, string.Join('\n', lines), environment);
        return 1;
    }
}
