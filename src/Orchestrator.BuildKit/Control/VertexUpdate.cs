namespace Orchestrator.BuildKit.Control;

/// <summary>The state of a step. The same digest comes repeatedly and the last one counts; a step can start again after it completed.</summary>
/// <param name="Digest">The step's key.</param>
/// <param name="Name">For people, for instance <c>[stage-0 2/5] RUN make</c>; <c>[internal] …</c> for housekeeping.</param>
/// <param name="Inputs">The digests of the steps that it needs.</param>
/// <param name="Cached">The result was in the cache.</param>
/// <param name="Started">Null: not yet.</param>
/// <param name="Completed">Null: not yet.</param>
/// <param name="Error">Empty: none. A step that was stopped because another one failed says <c>context canceled</c>.</param>
public sealed record VertexUpdate(
    string Digest, string Name, IReadOnlyList<string> Inputs, bool Cached, DateTimeOffset? Started, DateTimeOffset? Completed, string Error) : SolveEvent;
