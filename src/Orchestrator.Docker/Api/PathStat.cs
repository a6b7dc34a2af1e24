using System.Text.Json;

namespace Orchestrator.Docker.Api;

/// <summary>What the engine says of a path in a header, besides the archive: JSON in Base64.</summary>
internal static class PathStat
{
    /// <summary>The engine follows links within the container, all of them.</summary>
    /// <returns>Empty when it says nothing.</returns>
    public static string LinkTarget(string header)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(header));
            return document.RootElement.Text("linkTarget");
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return "";
        }
    }
}
