using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Reporters;

/// <summary>Waves of images in the forms that CI systems make jobs of; the page on CI shows each in use.</summary>
internal static class CiText
{
    /// <summary>
    /// The jobs that GitHub makes of one matrix at most (https://docs.github.com/en/actions/reference/limits), and Azure where its administrator has not said
    /// otherwise.
    /// </summary>
    private const int LargestMatrix = 256;

    /// <summary>Characters (https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy).</summary>
    private const int LongestAzureName = 100;

    /// <summary>What a job of GitLab may need at most, where its administrator has not said otherwise (https://docs.gitlab.com/ci/yaml/#needs).</summary>
    private const int MostNeeds = 50;

    /// <summary>Names of images hold nothing that a page or a shell could take for more than a name.</summary>
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(CiFormat format, string graph, string? commit, IReadOnlyList<IReadOnlyList<ResolvedImage>> waves, IReadOnlyDictionary<string, string> reasons) => format switch
    {
        CiFormat.GitHub => GitHub(Matrices(waves)),
        CiFormat.Azure => Azure(Matrices(waves)),
        CiFormat.GitLab => GitLab(waves),
        _ => Json(graph, commit, waves, reasons),
    };

    /// <summary>Waves that one matrix holds: of one that is too wide, what comes last is a wave of its own, so that it is only later than it might be.</summary>
    private static IReadOnlyList<IReadOnlyList<ResolvedImage>> Matrices(IReadOnlyList<IReadOnlyList<ResolvedImage>> waves) => [.. waves.SelectMany(wave => wave.Chunk(LargestMatrix))];

    /// <summary><c>waves=2</c>, then <c>wave-1={"image":["base"]}</c> and so on.</summary>
    private static string GitHub(IReadOnlyList<IReadOnlyList<ResolvedImage>> waves)
    {
        var text = new StringBuilder().Append("waves=").Append(waves.Count).Append('\n');
        foreach (var (wave, number) in waves.Select((wave, index) => (wave, index + 1)))
        {
            text.Append("wave-").Append(number).Append('=').Append(Compact(json => JsonText.WriteTexts(json, "image", wave.Select(image => image.Name)))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// A matrix of Azure is an object. Its variables are variables of the job's environment too, in capitals, so that one called <c>image</c> would be what
    /// <c>${IMAGE}</c> of a Compose file means.
    /// </summary>
    private static string Azure(IReadOnlyList<IReadOnlyList<ResolvedImage>> waves)
    {
        var text = new StringBuilder().Append("##vso[task.setvariable variable=waves;isOutput=true]").Append(waves.Count).Append('\n');
        foreach (var (wave, number) in waves.Select((wave, index) => (wave, index + 1)))
        {
            text.Append("##vso[task.setvariable variable=wave").Append(number).Append(";isOutput=true]").Append(Compact(json =>
            {
                foreach (var (image, place) in wave.Select((image, index) => (image, index + 1)))
                {
                    json.WriteStartObject(AzureName(image.Name, place));
                    json.WriteString("orchestratorImage", image.Name);
                    json.WriteEndObject();
                }
            })).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Letters, digits and underscores, a letter first, and no more than Azure takes; the place tells those that became the same.</summary>
    private static string AzureName(string image, int place)
    {
        var name = new string([.. image.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);
        var (begin, end) = (char.IsAsciiLetter(name[0]) ? name : $"image_{name}", $"_{place}");
        return begin[..Math.Min(begin.Length, LongestAzureName - end.Length)] + end;
    }

    /// <summary>A pipeline without a job is an error for GitLab, so that there is always one. A job that needs too many others comes after all of the stages before it.</summary>
    private static string GitLab(IReadOnlyList<IReadOnlyList<ResolvedImage>> waves)
    {
        if (waves.Count == 0)
        {
            return "nothing to build:\n  script: [\"true\"]\n";
        }

        var among = waves.SelectMany(wave => wave).Select(image => image.Name).ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder("stages: [").AppendJoin(", ", Enumerable.Range(1, waves.Count).Select(number => $"wave-{number}")).Append("]\n");
        foreach (var (image, number) in waves.SelectMany((wave, index) => wave.Select(image => (image, index + 1))))
        {
            var needs = image.Needs.Where(among.Contains).Select(name => $"\"build {name}\"").ToList();
            text.Append("\n\"build ").Append(image.Name).Append("\":\n  extends: .orchestrator\n  stage: wave-").Append(number)
                .Append(needs.Count > MostNeeds ? "" : $"\n  needs: [{string.Join(", ", needs)}]").Append("\n  variables: { ORCHESTRATOR_IMAGE: \"").Append(image.Name).Append("\" }\n");
        }

        return text.ToString();
    }

    private static string Json(string graph, string? commit, IReadOnlyList<IReadOnlyList<ResolvedImage>> waves, IReadOnlyDictionary<string, string> reasons) => JsonText.Of(graph, json =>
    {
        json.WriteString("since", commit);
        json.WriteStartArray("waves");
        foreach (var wave in waves)
        {
            json.WriteStartArray();
            foreach (var image in wave)
            {
                json.WriteStartObject();
                json.WriteString("image", image.Name);
                JsonText.WriteTexts(json, "tags", image.Node.LocalNames.Select(name => name.Value.Familiar));
                JsonText.WriteTexts(json, "needs", image.Needs);
                json.WriteString("reason", reasons.GetValueOrDefault(image.Name));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    private static string Compact(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, OneLine))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
