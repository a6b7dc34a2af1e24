using Orchestrator.Testing;

namespace Orchestrator.Tool;

/// <summary>What a person asked <c>test</c> for.</summary>
/// <param name="Trx">Where the results are written in this form; null writes none.</param>
/// <param name="JUnit">Where the results are written in this form; null writes none.</param>
internal sealed record TestRequest(WorkspaceOptions Workspace, EngineMissing Missing, TestOptions Options, bool Builds, int Keep, string? Trx, string? JUnit);
