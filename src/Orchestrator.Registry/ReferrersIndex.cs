using System.Text.Json;

namespace Orchestrator.Registry;

/// <summary>Writes the index of the specification's fallback tag for referrers.</summary>
internal static class ReferrersIndex
{
    public static byte[] Write(IReadOnlyList<Descriptor> manifests)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", MediaTypes.OciIndex);
            json.WriteStartArray("manifests");
            foreach (var manifest in manifests)
            {
                json.WriteStartObject();
                json.WriteString("mediaType", manifest.MediaType);
                json.WriteString("digest", manifest.Digest.ToString());
                json.WriteNumber("size", manifest.Size);
                if (manifest.ArtifactType.Length > 0)
                {
                    json.WriteString("artifactType", manifest.ArtifactType);
                }

                WriteAnnotations(json, manifest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, Descriptor manifest)
    {
        if (manifest.Annotations.Count > 0)
        {
            json.WriteStartObject("annotations");
            foreach (var (name, value) in manifest.Annotations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }
    }
}
