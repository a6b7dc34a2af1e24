namespace Orchestrator.Locking;

/// <summary>Somebody wants an image to be built anew once, everywhere, although nothing of it changed: packages of its distribution, for example.</summary>
/// <param name="Image">Its name in the graph.</param>
/// <param name="Stamp">When that was asked for, in UTC: <c>2026-11-21T12:30:00Z</c>. A later one is greater.</param>
internal sealed record Refresh(string Image, string Stamp);
