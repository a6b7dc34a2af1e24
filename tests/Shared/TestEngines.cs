namespace Orchestrator.Testing;

/// <summary>
/// The engines that tests may use: <c>ORCHESTRATOR_TEST_ENGINES</c> is a <c>;</c>-separated list of <c>label=unix:///path</c>, set by
/// <c>build/test</c>. Without one, an engine test says so and counts as skipped; in CI that is a failure.
/// </summary>
internal static class TestEngines
{
    public static IReadOnlyList<(string Label, string Host)> All { get; } =
    [
        .. (Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_ENGINES") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Split('=', 2)).Select(pair => (pair[0], pair[1])),
    ];

    /// <summary>One case per engine; one that will say what is missing when there is none.</summary>
    public static IEnumerable<string> Labels => All.Count == 0 ? ["none"] : All.Select(engine => engine.Label);

    /// <summary>One engine of each image store, for what the version of an engine has no part in.</summary>
    public static IEnumerable<string> Stores => Labels.Where(label => label is "overlay2" or "containerd").DefaultIfEmpty(Labels.First());

    public static string Host(string label)
    {
        var host = All.FirstOrDefault(engine => engine.Label == label).Host;
        if (host is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail("CI has no engine: ORCHESTRATOR_TEST_ENGINES is not set");
        }

        if (host is null)
        {
            Assert.Ignore("no engine here: build/test starts them, or set ORCHESTRATOR_TEST_ENGINES");
        }

        return host!;
    }

    /// <summary>Any engine, for tests in which the store does not matter.</summary>
    public static string First => Host(Labels.First());
}
