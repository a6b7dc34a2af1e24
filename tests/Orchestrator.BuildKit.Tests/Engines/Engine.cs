namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>A real engine to test against, from the environment variable <c>ORCHESTRATOR_TEST_ENGINES</c> (<c>label=unix:///path;…</c>).</summary>
internal sealed record Engine(string Label, string SocketPath)
{
    public static IEnumerable<Engine> All()
    {
        foreach (var item in (Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_ENGINES") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split("=unix://", 2);
            yield return new Engine(parts[0].Trim(), parts[1].Trim());
        }
    }

    /// <summary>The engines, or one null so that a test run without engines says so.</summary>
    public static IEnumerable<TestFixtureData> Fixtures()
    {
        var engines = All().ToList();
        foreach (var engine in engines)
        {
            yield return new TestFixtureData(engine, SessionChannel.Upgrade).SetArgDisplayNames(engine.Label, "upgrade");
            yield return new TestFixtureData(engine, SessionChannel.Tunnel).SetArgDisplayNames(engine.Label, "tunnel");
        }

        if (engines.Count == 0)
        {
            yield return new TestFixtureData(null, SessionChannel.Upgrade).SetArgDisplayNames("no engine", "");
        }
    }

    public static Engine Require(Engine? engine)
    {
        if (engine is null)
        {
            const string Sentence = "No engine to test against: set ORCHESTRATOR_TEST_ENGINES to label=unix:///path, several separated by ';'.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Sentence);
            }

            Assert.Ignore(Sentence);
        }

        return engine!;
    }

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
