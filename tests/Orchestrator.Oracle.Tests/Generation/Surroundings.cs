namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>What a Dockerfile may refer to.</summary>
/// <param name="Files">Paths of the context, relative to it.</param>
/// <param name="Images">References of images; never empty.</param>
/// <param name="NamedContexts">Names of the image's named contexts.</param>
/// <param name="CanExclude">Whether the engine's frontend knows <c>COPY --exclude</c>.</param>
internal sealed record Surroundings(IReadOnlyList<string> Files, IReadOnlyList<string> Images, IReadOnlyList<string> NamedContexts, bool CanExclude);
