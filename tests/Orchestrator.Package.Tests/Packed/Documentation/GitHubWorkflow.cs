using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A workflow of GitHub Actions: each step with <c>run</c>, for each value of a matrix that an earlier job wrote.</summary>
internal sealed partial class GitHubWorkflow(PageRepository repository)
{
    /// <summary>By what expressions call them.</summary>
    private readonly Dictionary<string, string> _values = new() { ["github.run_number"] = WorkflowFile.RunNumber, ["github.run_attempt"] = WorkflowFile.Attempt };

    public async Task<int> RunAsync(string path)
    {
        var count = 0;
        foreach (var (name, job) in WorkflowFile.Read(repository, path).Find("jobs").Mappings())
        {
            if (!WorkflowFile.Holds(job.Text("if"), int.Parse(_values.GetValueOrDefault("needs.plan.outputs.waves", "0"), System.Globalization.CultureInfo.InvariantCulture)))
            {
                continue;
            }

            foreach (var image in Matrix(job))
            {
                _values["matrix.image"] = image;
                await repository.BecomeAgentAsync();
                count += await StepsAsync(path, job);
            }

            foreach (var (output, expression) in (job.Find("outputs") as YamlMappingNode ?? []).Children)
            {
                _values[$"needs.{name}.outputs.{output}"] = Evaluate(((YamlScalarNode)expression).Value!);
            }
        }

        return count;
    }

    private IEnumerable<string> Matrix(YamlMappingNode job)
    {
        if (job.Text("strategy", "matrix") is not { } matrix)
        {
            return [""];
        }

        Assert.That(FromJson().IsMatch(matrix), Is.True, matrix);
        using var json = JsonDocument.Parse(_values[FromJson().Match(matrix).Groups["name"].Value]);
        return [.. json.RootElement.GetProperty("image").EnumerateArray().Select(image => image.GetString()!)];
    }

    private async Task<int> StepsAsync(string path, YamlMappingNode job)
    {
        var count = 0;
        foreach (var step in job.Items("steps").Where(step => step.Find("run") is not null))
        {
            var outputs = Path.GetTempFileName();
            var environment = new Dictionary<string, string> { ["CI"] = "true", ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = repository.Folder, ["GITHUB_OUTPUT"] = outputs };
            job.Find("env").AddTo(environment);
            _ = await WorkflowFile.RunAsync(repository, path, Evaluate(step.Text("run")!), environment);
            foreach (var line in File.ReadLines(outputs))
            {
                var (output, value) = (line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                _values[$"steps.{step.Text("id")}.outputs.{output}"] = value;
            }

            File.Delete(outputs);
            count++;
        }

        return count;
    }

    /// <summary>An output that nobody wrote is empty, as there.</summary>
    private string Evaluate(string text) =>
        Expression().Replace(text, match => match.Groups["name"].Value is var name && (_values.ContainsKey(name) || name.StartsWith("steps.", StringComparison.Ordinal)) ? _values.GetValueOrDefault(name, "") : match.Value);

    [GeneratedRegex(@"\$\{\{ (?<name>[\w.-]+) \}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\A\$\{\{ fromJSON\((?<name>[\w.-]+)\) \}\}\z")]
    private static partial Regex FromJson();
}
