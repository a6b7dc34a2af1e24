using Orchestrator.Publishing;
using Orchestrator.Tagging;

namespace Orchestrator.Tool;

/// <summary>What a person asked <c>push</c> for.</summary>
/// <param name="Manifest">Where the release manifest is written; null writes none.</param>
internal sealed record PushRequest(
    WorkspaceOptions Workspace, EngineMissing Missing, ReleaseRequest Release, bool IsDryRun, bool Builds, bool RequiresTests, string? Manifest, PublishOptions Options);
