using System.Text;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Mutations;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>A false hit, with all that is needed to see it again.</summary>
/// <param name="Replay">The arguments of build/oracle that lead here.</param>
internal sealed record Finding(string Replay, string Kind, string Image, Mutant Change, Scenario Before, Verdict ResultBefore, Verdict ResultAfter)
{
    public override string ToString()
    {
        var model = Change.Scenario.Images.First(image => image.Name == Image);
        var text = new StringBuilder($"## {Kind}: {Image}\n\nreplay: `build/oracle {Replay}`\n\nchange: {Change.What}\n\n");
        text.Append($"context {model.Context}, dockerfile {model.Dockerfile}, target {model.Target}, args {Pairs(model.Arguments)}, named contexts {Pairs(model.NamedContexts)}\n\n");
        text.Append($"```Dockerfile\n{model.DockerfileText}```\n\n");
        foreach (var other in Change.Scenario.Images.Where(other => other.Name != Image && model.DockerfileText.Contains(other.Name, StringComparison.Ordinal)))
        {
            text.Append($"{other.Name} ({other.Context}):\n\n```Dockerfile\n{other.DockerfileText}```\n\n");
        }

        text.Append("files: ").AppendJoin(", ", Change.Scenario.Files.Select(item => item.Key.Replace("\n", "\\n", StringComparison.Ordinal) + Mark(item.Value))).Append("\n\n");
        foreach (var (path, entry) in Change.Scenario.Files.Where(item => item.Key.EndsWith(".dockerignore", StringComparison.Ordinal)))
        {
            text.Append($"{path}: {entry.Text.Replace("\n", " | ", StringComparison.Ordinal)}\n\n");
        }

        return text.Append($"result before and after:\n\n```\n{ResultBefore.Content}--\n{ResultAfter.Content ?? "failed: " + ResultAfter.Failure}\n```\n").ToString();
    }

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs) => "{" + string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) + "}";

    private static string Mark(Entry entry) => entry.Kind switch
    {
        EntryKind.Link => " -> " + entry.Target,
        EntryKind.Directory => "/",
        _ => "",
    };
}
