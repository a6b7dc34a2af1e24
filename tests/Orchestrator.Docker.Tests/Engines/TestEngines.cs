namespace Orchestrator.Docker.Tests.Engines;

/// <summary>The real engines that <c>ORCHESTRATOR_TEST_ENGINES</c> names: <c>label=unix:///path;label=…</c>.</summary>
internal static class TestEngines
{
    public const string Variable = "ORCHESTRATOR_TEST_ENGINES";

    public static IReadOnlyList<string> Labels
    {
        get
        {
            var labels = Entries().Select(entry => entry[..entry.IndexOf('=', StringComparison.Ordinal)]).ToArray();
            return labels.Length == 0 ? ["none"] : labels;
        }
    }

    /// <summary>Ignores the test when no engine is named, except in CI, where engines are a must.</summary>
    public static DockerEngine Open(string label)
    {
        var entry = Entries().FirstOrDefault(entry => entry.StartsWith(label + "=", StringComparison.Ordinal));
        if (entry is null)
        {
            var sentence = $"No engine to test with: {Variable} is not set.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(sentence);
            }

            Assert.Ignore(sentence);
        }

        return new DockerEngine(new DockerEndpoint(new Uri(entry![(label.Length + 1)..]), Variable, null));
    }

    private static string[] Entries() =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
