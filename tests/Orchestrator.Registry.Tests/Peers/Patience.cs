namespace Orchestrator.Registry.Tests.Peers;

/// <summary>A test that waits for what never comes fails instead of hanging.</summary>
internal static class Patience
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
