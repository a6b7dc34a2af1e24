using Orchestrator.BuildKit;
using Orchestrator.Docker;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>One engine with the judges on it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly BuildKitClient _client;

    private Bench(string host)
    {
        Host = host;
        Engine = new DockerEngine(new DockerEndpoint(new Uri(host), "the test", null));
        _client = new BuildKitClient(new TestTransport(host));
        Client = new ClientJudge(_client, Engine);
        Buildx = new BuildxJudge(host, Engine);
    }

    public string Host { get; }

    public DockerEngine Engine { get; }

    public IJudge Client { get; }

    public IJudge Buildx { get; }

    /// <summary>Whether this engine's frontend knows <c>COPY --exclude</c>; older ones do not.</summary>
    public bool CanExclude { get; private set; }

    public static async Task<Bench> OpenAsync(string host, CancellationToken cancellationToken)
    {
        var bench = new Bench(host);
        var probe = new Scenarios.Scenario("oracle-probe", Scenarios.Scenario.NoFiles, [], ["FROM scratch", "COPY --exclude=x none /"]);
        bench.CanExclude = (await bench.Client.BuildOutsideAsync(probe, cancellationToken)).IsBuilt;
        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
