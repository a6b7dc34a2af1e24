using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A pipeline of Azure: each step with <c>script</c>, for each entry of a matrix that an earlier job wrote as a variable.</summary>
internal sealed partial class AzurePipeline(PageRepository repository)
{
    /// <summary>By what expressions call them.</summary>
    private readonly Dictionary<string, string> _outputs = [];

    public async Task<int> RunAsync(string path)
    {
        var count = 0;
        var pipeline = WorkflowFile.Read(repository, path);
        var jobs = pipeline.Find("jobs") is null ? [pipeline] : pipeline.Items("jobs");
        foreach (var job in jobs)
        {
            if (!new AzureCondition(_outputs).Holds(job.Text("condition")))
            {
                continue;
            }

            foreach (var variables in Matrix(job))
            {
                await repository.BecomeAgentAsync();
                count += await StepsAsync(path, pipeline, job, variables);
            }
        }

        return count;
    }

    private IReadOnlyList<Dictionary<string, string>> Matrix(YamlNode job)
    {
        if (job.Text("strategy", "matrix") is not { } matrix)
        {
            return [[]];
        }

        Assert.That(Expression().IsMatch(matrix), Is.True, matrix);
        return [.. JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(_outputs[Expression().Match(matrix).Groups["name"].Value])!.Values];
    }

    private async Task<int> StepsAsync(string path, YamlMappingNode pipeline, YamlNode job, Dictionary<string, string> variables)
    {
        var count = 0;
        foreach (var step in job.Items("steps").Where(step => step.Find("script") is not null))
        {
            var environment = new Dictionary<string, string> { ["TF_BUILD"] = "True" };
            pipeline.Find("variables").AddTo(environment);
            var script = variables.Append(new("Build.BuildId", WorkflowFile.RunNumber)).Append(new("System.JobAttempt", WorkflowFile.Attempt)).Aggregate(step.Text("script")!, (text, variable) => text.Replace($"$({variable.Key})", variable.Value, StringComparison.Ordinal));
            var output = await WorkflowFile.RunAsync(repository, path, script, environment);
            foreach (Match set in Output().Matches(output))
            {
                _outputs[$"dependencies.{job.Text("job")}.outputs['{step.Text("name")}.{set.Groups["name"].Value}']"] = set.Groups["value"].Value.TrimEnd();
            }

            count++;
        }

        return count;
    }

    [GeneratedRegex(@"^##vso\[task\.setvariable variable=(?<name>\w+);isOutput=true\](?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\A\$\[ (?<name>.+) \]\z")]
    private static partial Regex Expression();
}
