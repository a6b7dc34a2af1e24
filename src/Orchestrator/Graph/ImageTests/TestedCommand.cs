namespace Orchestrator.Graph.ImageTests;

/// <summary>What a test runs in a container of the image, and how that has to end.</summary>
internal sealed record TestedCommand
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A line for the image's shell; null when <see cref="Arguments"/> are run as they are.</summary>
    public string? Line { get; init; }

    /// <summary>A program with its arguments; empty where there is a <see cref="Line"/>, or the image's own command is meant.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The image's own entry point runs, with the arguments, or else the image's own command, behind it.</summary>
    public bool UsesEntrypoint { get; init; }

    public int ExitCode { get; init; }

    public IReadOnlyList<ExpectedText> StandardOutput { get; init; } = [];

    public IReadOnlyList<ExpectedText> StandardError { get; init; } = [];

    /// <summary>Of both streams together.</summary>
    public IReadOnlyList<ExpectedText> Output { get; init; } = [];

    /// <summary>Empty leaves the image's.</summary>
    public string User { get; init; } = "";

    /// <summary>Empty leaves the image's.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary><c>NAME=value</c> each; what the environment does not have is left out.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary><c>none</c>, <c>default</c>, <c>host</c> or a network's name.</summary>
    public string Network { get; init; } = NoNetwork;

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public const string NoNetwork = "none";

    /// <summary>With a network the outcome is not the image's alone, so that an earlier one proves nothing.</summary>
    public bool IsRepeatable => Network == NoNetwork;
}
