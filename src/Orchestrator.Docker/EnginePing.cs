namespace Orchestrator.Docker;

/// <summary>The answer to <c>/_ping</c>.</summary>
/// <param name="ApiVersion">The newest API that the engine speaks, such as <c>1.51</c>.</param>
/// <param name="BuilderVersion">The builder that it recommends: <c>2</c> is BuildKit.</param>
/// <param name="OsType"><c>linux</c> or <c>windows</c>.</param>
public sealed record EnginePing(string ApiVersion, string BuilderVersion, string OsType);
