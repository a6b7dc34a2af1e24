namespace Orchestrator.Docker.Http;

/// <summary>What one step of a <see cref="BodyDecoder"/> did.</summary>
/// <param name="Consumed">How many bytes were eaten.</param>
/// <param name="Data">How many of them, counted from the end, belong to the body.</param>
internal readonly record struct BodyStep(int Consumed, int Data);
