using Orchestrator.Diagnostics;

namespace Orchestrator.Publishing;

/// <summary>
/// Collects what many images find at the same time. Trouble with a registry is told once: a hundred images that meet the same closed door are one
/// finding, and what is in the way of one image is a finding of its own.
/// </summary>
internal sealed class PublishFindings(DiagnosticBag diagnostics)
{
    private static readonly Rule[] Shared =
        [Rules.RegistryDenied, Rules.RegistryUnreachable, Rules.RegistryRefused, Rules.PushFailed, Rules.DockerConfiguration, Rules.EngineUnreachableError];

    private readonly Lock _lock = new();

    public void Add(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            if (!Shared.Contains(diagnostic.Rule) || diagnostics.Items.All(item => item.Rule != diagnostic.Rule))
            {
                diagnostics.Add(diagnostic);
            }
        }
    }
}
