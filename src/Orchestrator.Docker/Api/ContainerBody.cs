using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Docker.Api;

/// <summary>The body of <c>POST /containers/create</c>.</summary>
internal static class ContainerBody
{
    public static ReadOnlyMemory<byte> Of(ContainerSettings settings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("Image", settings.Image);
        WriteTexts(json, "Entrypoint", settings.Entrypoint);
        WriteTexts(json, "Cmd", settings.Command);
        json.WriteString("User", settings.User);
        json.WriteString("WorkingDir", settings.WorkingDirectory);
        WriteTexts(json, "Env", settings.Environment);
        json.WriteStartObject("Labels");
        foreach (var (name, value) in settings.Labels)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("Healthcheck");
        WriteTexts(json, "Test", ["NONE"]);
        json.WriteEndObject();
        json.WriteStartObject("HostConfig");
        json.WriteString("NetworkMode", settings.Network);
        json.WriteStartObject("LogConfig");
        json.WriteString("Type", "none");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is not null)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }
}
