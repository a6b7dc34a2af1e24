using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <param name="Scenario">After the change.</param>
/// <param name="What">The change in words, for the person who has to reproduce it.</param>
internal sealed record Mutant(Scenario Scenario, string What);
