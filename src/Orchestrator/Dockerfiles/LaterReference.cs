using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A COPY or mount that takes from its own stage or one below. BuildKit refuses it in stages that it plans, and anywhere when the stages go round in a circle.</summary>
/// <param name="Stage">That is taken from.</param>
/// <param name="IsTrigger">It is not in the text of the stage; BuildKit looks for circles before it knows of triggers.</param>
/// <param name="Fault">What to say.</param>
internal sealed record LaterReference(int Stage, bool IsTrigger, Diagnostic Fault);
