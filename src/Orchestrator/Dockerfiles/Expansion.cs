namespace Orchestrator.Dockerfiles;

/// <summary>What became of a text.</summary>
/// <param name="Text">Empty when there is an error.</param>
/// <param name="IsCertain">
/// False when a variable took part whose value the Dockerfile alone does not tell, so that the true result may differ from <paramref name="Text"/>.
/// </param>
internal sealed record Expansion(string Text, ExpansionError? Error, bool IsCertain);
