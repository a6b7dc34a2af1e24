namespace Orchestrator.Docker.Credentials;

/// <summary>How a helper ended.</summary>
internal sealed record HelperOutput(int ExitCode, string Output, string Errors);
