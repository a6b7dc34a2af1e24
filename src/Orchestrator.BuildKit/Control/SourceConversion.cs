namespace Orchestrator.BuildKit.Control;

/// <summary>
/// A rule of the source policy: wherever the build would use one source, it uses another one.
/// Engines before 28 forget of the converted steps, and of all that are built on them, what the build says about them: their names, their lines, and that their
/// cached results are not wanted. Engines before 24 ignore the rule; 24 without containerd's store reads the image's config from the first one nevertheless.
/// </summary>
/// <param name="Identifier">Normalized in full, for instance <c>docker-image://docker.io/library/python:3.12-slim</c>; matched exactly.</param>
/// <param name="Replacement">For instance the same with <c>@sha256:…</c> appended.</param>
public sealed record SourceConversion(string Identifier, string Replacement);
