using Orchestrator.Locking;

namespace Orchestrator.Pinning;

/// <summary>What a reference stands for.</summary>
/// <param name="Pin">Null when that could not be found out.</param>
/// <param name="Words">Why there is none, or what a person should know of it; empty mostly.</param>
internal sealed record PinAnswer(Pin? Pin, string Words);
