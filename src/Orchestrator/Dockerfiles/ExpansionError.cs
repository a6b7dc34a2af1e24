namespace Orchestrator.Dockerfiles;

/// <summary>Why a text cannot be expanded.</summary>
/// <param name="Message">A clause that goes after "cannot expand '…': ".</param>
/// <param name="DependsOnValue">It comes from <c>${name:?…}</c>, so another value would do; otherwise the text itself is wrong.</param>
internal sealed record ExpansionError(string Message, bool DependsOnValue = false);
