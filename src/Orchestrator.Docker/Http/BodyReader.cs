namespace Orchestrator.Docker.Http;

/// <summary>Takes one piece of an answer's body.</summary>
internal delegate void BodyReader(HttpHead head, ReadOnlySpan<byte> bytes);
