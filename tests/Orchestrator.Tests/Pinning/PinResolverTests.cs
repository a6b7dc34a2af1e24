using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Pinning;
using Orchestrator.Testing;

namespace Orchestrator.Tests.Pinning;

/// <summary>What an engine that is played says of a reference, as a pin. An engine gives on whatever digest a registry names.</summary>
internal sealed class PinResolverTests
{
    [TestCase("sha256", 64, true)]
    [TestCase("sha512", 128, true)]
    [TestCase("sha384", 96, false)]
    public async Task A_pin_is_one_that_a_lock_file_can_hold(string algorithm, int digits, bool isPin)
    {
        var digest = $"{algorithm}:{new string('a', digits)}";
        await using var scripted = new ScriptedEngine(request => request.Contains("/distribution/", StringComparison.Ordinal) ? (200, $$"""{"Descriptor":{"digest":"{{digest}}"} }""") : null);
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri(scripted.Host), "a test", null));
        var source = ImageReference.Parse("r.example/a:1");

        var answer = await new PinResolver(engine, new CredentialStore(DockerEnvironment.Empty), "linux/amd64").ResolveAsync(source, "linux/amd64", CancellationToken.None);

        Assert.That(answer, Is.EqualTo(isPin ? new PinAnswer(new Pin(source, null, digest), "") : new PinAnswer(null, $"its registry knows it as '{digest}', of a kind that no lock file has")));
    }
}
