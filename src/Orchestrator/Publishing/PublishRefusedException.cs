using Orchestrator.Diagnostics;

namespace Orchestrator.Publishing;

/// <summary>Publishing must not go on with an image; the diagnostic says why.</summary>
internal sealed class PublishRefusedException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
