namespace Orchestrator.Registry;

/// <summary>One step of a copy.</summary>
/// <param name="Content">The blob or manifest.</param>
/// <param name="Bytes">How many bytes of it went over the wire since the last step; 0 when none had to.</param>
/// <param name="IsDone">Whether it is there now.</param>
public sealed record CopyProgress(Descriptor Content, long Bytes, bool IsDone);
