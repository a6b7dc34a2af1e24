using Orchestrator.Testing;

namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>A real engine to test against.</summary>
internal sealed record Engine(string Label)
{
    public string SocketPath => new Uri(TestEngines.Host(Label)).LocalPath;

    /// <summary>Every engine by both channels.</summary>
    public static IEnumerable<TestFixtureData> Fixtures() =>
        from label in TestEngines.Labels
        from channel in Enum.GetValues<SessionChannel>()
        select new TestFixtureData(new Engine(label), channel).SetArgDisplayNames(label, channel.ToString());

    /// <summary>A static busybox: the private engines of <c>build/engine</c> have one beside them.</summary>
    public string Busybox()
    {
        for (var directory = Path.GetDirectoryName(SocketPath); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var candidate = Path.Join(directory, "suites/host/root/bin/busybox");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        var own = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_BUSYBOX");
        if (own is null)
        {
            Assert.Ignore("No static busybox beside the engine: set ORCHESTRATOR_TEST_BUSYBOX to the path of one.");
        }

        return own!;
    }

    public override string ToString() => Label;
}
