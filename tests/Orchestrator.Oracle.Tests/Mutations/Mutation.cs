using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>A kind of change. Its function gives null when the scenario has nothing to change in this way.</summary>
internal sealed record Mutation(string Name, Func<Scenario, Chance, Mutant?> Apply);
