using System.Text.Json;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What <c>ci</c> writes as JSON.</summary>
internal static class CiWaves
{
    /// <summary>The images of each wave.</summary>
    public static List<string> Of(Repository.Outcome outcome)
    {
        using var json = Read(outcome);
        return [.. json.RootElement.GetProperty("waves").EnumerateArray().Select(wave => string.Join(' ', wave.EnumerateArray().Select(image => image.GetProperty("image").GetString())))];
    }

    /// <summary>Of each image, in order.</summary>
    public static List<string> Reasons(Repository.Outcome outcome)
    {
        using var json = Read(outcome);
        return [.. json.RootElement.GetProperty("waves").EnumerateArray().SelectMany(wave => wave.EnumerateArray()).Select(image => image.GetProperty("reason").GetString()!)];
    }

    /// <summary>The warnings behind the JSON are left out.</summary>
    private static JsonDocument Read(Repository.Outcome outcome)
    {
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return JsonDocument.Parse(outcome.Text[..(outcome.Text.LastIndexOf("\n}", StringComparison.Ordinal) + 2)]);
    }
}
