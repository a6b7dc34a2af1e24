using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Yaml;

/// <summary>The file asks for more than a reader should give; reading ends. Never leaves <see cref="YamlReader"/>.</summary>
internal sealed class YamlLimitException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
