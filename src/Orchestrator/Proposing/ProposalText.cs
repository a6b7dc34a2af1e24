using System.Text;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Proposing;

/// <summary>Writes a proposal as the <c>images.yml</c> that a person would write: short forms where they say all, one line per thing.</summary>
internal static class ProposalText
{
    public static string Of(GraphProposal proposal)
    {
        var text = new StringBuilder("# Who is built from whom is read from the Dockerfiles. Proposed by `orchestrator init`.\n");
        text.Append("name: ").Append(YamlWord.Of(proposal.Name)).Append('\n');
        if (proposal.Projects is [var only])
        {
            text.Append("compose: ").Append(only.Files is [var file] ? YamlWord.Of(file) : List(only.Files)).Append('\n');
        }
        else if (proposal.Projects.Count > 1)
        {
            text.Append("include:\n");
            foreach (var project in proposal.Projects)
            {
                text.Append("  - ").Append(project.Files is [var one] ? YamlWord.Of(one) : $"{{ path: {List(project.Files)} }}").Append('\n');
            }
        }

        if (proposal.Images.Count > 0)
        {
            text.Append("\nimages:\n");
            foreach (var image in proposal.Images)
            {
                text.Append("  ").Append(YamlWord.Of(image.Key)).Append(':');
                Append(text, image);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ProposedImage image)
    {
        var isNamedByKey = image.Names.Count == 0 || image.Names[0].Familiar == image.Key;
        var context = image.Context is null ? null : YamlWord.Of(InferredContext.Name(image.Context));
        if (context is not null && isNamedByKey && image is { Dockerfile: null, Target: null, Names.Count: < 2, Arguments.Count: 0, Overlay.Count: 0 })
        {
            text.Append(' ').Append(context).Append('\n');
            return;
        }

        text.Append('\n');
        Line(text, "image", isNamedByKey ? null : YamlWord.Of(image.Names[0].Familiar));
        Line(text, "tags", image.Names.Count < 2 ? null : List(image.Names.Skip(1).Select(name => name.Familiar)));
        Line(text, "context", context);
        Line(text, "dockerfile", image.Dockerfile is null ? null : YamlWord.Of(image.Dockerfile));
        Line(text, "target", image.Target is null ? null : YamlWord.Of(image.Target));
        Line(text, "args", Map(image.Arguments));
        Line(text, "overlay", Map(image.Overlay));
    }

    private static void Line(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(YamlWord.Of))}]";

    private static string? Map(IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        pairs.Count == 0 ? null : YamlWord.Map(pairs);
}
