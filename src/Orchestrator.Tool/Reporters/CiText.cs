using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Reporters;

/// <summary>Waves of images in the forms that CI systems make jobs of; the page on CI shows each in use.</summary>
internal static class CiText
{
    /// <summary>Names of images hold nothing that a page or a shell could take for more than a name.</summary>
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(CiFormat format, string graph, string? commit, IReadOnlyList<IReadOnlyList<ResolvedImage>> waves, IReadOnlyDictionary<string, string> reasons) => format switch
    {
        CiFormat.GitHub => GitHub(waves),
        CiFormat.Azure => Azure(waves),
        CiFormat.GitLab => GitLab(waves),
        _ => Json(graph, commit, waves, reasons),
    };

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

    /// <summary>A matrix of Azure is an object; its names have letters, digits and underscores only.</summary>
    private static string Azure(IReadOnlyList<IReadOnlyList<ResolvedImage>> waves)
    {
        var text = new StringBuilder().Append("##vso[task.setvariable variable=waves;isOutput=true]").Append(waves.Count).Append('\n');
        foreach (var (wave, number) in waves.Select((wave, index) => (wave, index + 1)))
        {
            text.Append("##vso[task.setvariable variable=wave").Append(number).Append(";isOutput=true]").Append(Compact(json =>
            {
                foreach (var (image, place) in wave.Select((image, index) => (image, index + 1)))
                {
                    json.WriteStartObject($"{new string([.. image.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')])}_{place}");
                    json.WriteString("image", image.Name);
                    json.WriteEndObject();
                }
            })).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A pipeline without a job is an error for GitLab, so that there is always one.</summary>
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
            var needs = image.Needs.Where(among.Contains).Select(name => $"\"build {name}\"");
            text.Append("\n\"build ").Append(image.Name).Append("\":\n  extends: .orchestrator\n  stage: wave-").Append(number)
                .Append("\n  needs: [").AppendJoin(", ", needs).Append("]\n  variables: { ORCHESTRATOR_IMAGE: \"").Append(image.Name).Append("\" }\n");
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
