using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>What will happen to one tag, or has happened.</summary>
/// <param name="Current">What it stands for now; null when there is no such tag.</param>
/// <param name="Reason">In words; empty where the action says it all.</param>
internal sealed record PlannedTag(PublishTag Tag, TagAction Action, Digest? Current, string Reason = "");
