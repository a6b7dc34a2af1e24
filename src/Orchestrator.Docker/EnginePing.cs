namespace Orchestrator.Docker;

/// <summary>What the engine says of itself in the headers of <c>/_ping</c>; empty where it says nothing.</summary>
/// <param name="ApiVersion">The newest API version it speaks, e.g. <c>1.51</c>.</param>
/// <param name="BuilderVersion"><c>2</c> when BuildKit is the default builder.</param>
/// <param name="OsType"><c>linux</c> or <c>windows</c>.</param>
/// <param name="Server">Name and version of the server, e.g. <c>Docker/28.5.2 (linux)</c>.</param>
public sealed record EnginePing(string ApiVersion, string BuilderVersion, string OsType, string Server);
