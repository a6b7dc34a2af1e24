namespace Orchestrator.Testing;

/// <summary>A result with the two names that a TRX file ties its parts together with.</summary>
/// <param name="Id">Of the test, the same in each run.</param>
/// <param name="Execution">Of this run of it.</param>
internal sealed record TrxTest(TestResult Result, string Id, string Execution);
