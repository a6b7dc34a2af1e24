using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>A tag of a release.</summary>
internal sealed record ReleasedTag(string Tag, TagClass Class);
