namespace Orchestrator.Git;

/// <summary>What a call of git said.</summary>
internal sealed record GitAnswer(int ExitCode, string Output, string Error)
{
    public bool IsSuccess => ExitCode == 0;

    public IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'));

    /// <summary>Git's own words, on one line, without the prefix that it puts before them.</summary>
    public string Complaint
    {
        get
        {
            var first = Error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {ExitCode}";
            return first.StartsWith("fatal: ", StringComparison.Ordinal) ? first["fatal: ".Length..] : first;
        }
    }
}
