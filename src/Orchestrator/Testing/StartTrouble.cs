using Orchestrator.Graph.ImageTests;

namespace Orchestrator.Testing;

/// <summary>What an engine says when it cannot start a container, without the names of the programs that the words came through.</summary>
internal static class StartTrouble
{
    private static readonly string[] Before = ["unable to start container process: ", "error during container init: "];
    private const string Behind = ": unknown";

    public static string Words(string message, TestedCommand? command)
    {
        var text = message.Trim();
        foreach (var noise in Before)
        {
            var index = text.LastIndexOf(noise, StringComparison.Ordinal);
            text = index < 0 ? text : text[(index + noise.Length)..];
        }

        text = (text.EndsWith(Behind, StringComparison.Ordinal) ? text[..^Behind.Length] : text).TrimEnd('.');
        var isMissing = text.Contains("no such file", StringComparison.Ordinal) || text.Contains("not found", StringComparison.Ordinal);
        var hint = isMissing && text.StartsWith("exec: ", StringComparison.Ordinal) && command?.Line is not null ? "; where an image has no shell, write 'run' as a list" : "";
        return $"its container could not be started: {text}{hint}";
    }
}
