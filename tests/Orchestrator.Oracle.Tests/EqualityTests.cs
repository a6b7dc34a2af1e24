using System.Text.Json.Nodes;
using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Scenarios;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>What must not be in a key: where the repository lies, under which umask, culture or order its files were made, when, and on which store the images lie.</summary>
[Category("Engine")]
internal sealed class EqualityTests
{
    private const int WritableByOthers = 0b000_010_010;
    private const int Executable = 0b001_000_000;

    private static IEnumerable<int> Seeds => Enumerable.Range(1, 6);

    [Test]
    public async Task Another_directory_and_another_order_of_creation([ValueSource(nameof(Seeds))] int seed)
    {
        var scenario = await CreateAsync(seed);

        Assert.That(await KeysAsync(scenario, isReversed: true), Is.EqualTo(await KeysAsync(scenario)));
    }

    [Test]
    public async Task Another_umask([ValueSource(nameof(Seeds))] int seed)
    {
        var scenario = await CreateAsync(seed);
        var open = Each(scenario, entry => entry.Kind == EntryKind.Link ? entry : entry.WithMode(entry.Mode | WritableByOthers));

        Assert.That(await KeysAsync(open), Is.EqualTo(await KeysAsync(scenario)));
    }

    [Test]
    public async Task Another_time([ValueSource(nameof(Seeds))] int seed)
    {
        var scenario = await CreateAsync(seed);
        var old = Each(scenario, entry => entry.Kind == EntryKind.Link ? entry : entry.WithTime(1_000_000_000 + entry.Content.Length));

        Assert.That(await KeysAsync(old), Is.EqualTo(await KeysAsync(scenario)));
    }

    [Test]
    public async Task Another_store([ValueSource(nameof(Seeds))] int seed)
    {
        var scenario = await CreateAsync(seed);
        var first = await KeysAsync(scenario);
        if (TestEngines.All.Count < 2)
        {
            Assert.Ignore("only one engine here");
        }

        foreach (var (label, host) in TestEngines.All)
        {
            Assert.That(await KeysAsync(scenario, host), Is.EqualTo(first), label);
        }
    }

    [Test]
    public async Task A_fresh_clone([ValueSource(nameof(Seeds))] int seed)
    {
        // git keeps neither empty directories nor permissions other than "executable"; what it cannot keep is no clone's fault.
        var scenario = await CreateAsync(seed);
        var kept = scenario with { Files = scenario.Files.RemoveRange(scenario.Files.Where(item => item.Value.Kind == EntryKind.Directory).Select(item => item.Key)) };
        kept = Each(kept, entry => entry.Kind == EntryKind.Link ? entry : entry.WithMode((entry.Mode & Executable) != 0 ? Entry.PlainDirectory : Entry.PlainFile));
        using var tree = new WorkingTree(kept);
        var clone = tree.Root + "-clone";
        try
        {
            await GitAsync(tree.Root, "init", "--quiet");
            await GitAsync(tree.Root, "add", "--all", "--force");
            await GitAsync(tree.Root, "-c", "user.name=t", "-c", "user.email=t@t.invalid", "commit", "--quiet", "--message", "all");
            await GitAsync(tree.Root, "clone", "--quiet", tree.Root, clone);

            // Where the context is the root, it would be a part of it, as it is for BuildKit.
            Directory.Delete(Path.Join(tree.Root, ".git"), recursive: true);
            Directory.Delete(Path.Join(clone, ".git"), recursive: true);
            Assert.That(await KeysInAsync(clone, TestEngines.First), Is.EqualTo(await KeysInAsync(tree.Root, TestEngines.First)));
        }
        finally
        {
            if (Directory.Exists(clone))
            {
                Directory.Delete(clone, recursive: true);
            }
        }
    }

    /// <summary>The command itself, with real cultures switched on although the product switches them off.</summary>
    [TestCase("tr_TR.UTF-8")]
    [TestCase("de_DE.UTF-8")]
    [TestCase("ar_SA.UTF-8")]
    [TestCase("C")]
    public async Task Another_culture(string language)
    {
        var scenario = await CreateAsync(3);
        using var tree = new WorkingTree(scenario);
        var folder = AppContext.BaseDirectory;
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Join(folder, "Orchestrator.Tool.runtimeconfig.json")))!;
        settings["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        var configuration = Path.Join(Path.GetTempPath(), $"orchestrator-{Guid.NewGuid():N}.runtimeconfig.json");
        await File.WriteAllTextAsync(configuration, settings.ToJsonString());
        var environment = new Dictionary<string, string> { ["LANG"] = language, ["LC_ALL"] = language, ["DOCKER_HOST"] = TestEngines.First, ["XDG_CACHE_HOME"] = tree.Root + "-state" };
        try
        {
            string[] arguments = ["exec", "--runtimeconfig", configuration, Path.Join(folder, "Orchestrator.Tool.dll"), "plan", "--json"];
            var (code, output, error) = await DockerCommand.ProcessAsync("dotnet", arguments, environment, tree.Root, default);

            Assert.That(code, Is.Zero, output + error);
            Assert.That(Product.Read(code, output).Images.ToDictionary(item => item.Key, item => item.Value.Key), Is.EqualTo(await KeysInAsync(tree.Root, TestEngines.First)));
        }
        finally
        {
            File.Delete(configuration);
            if (Directory.Exists(tree.Root + "-state"))
            {
                Directory.Delete(tree.Root + "-state", recursive: true);
            }
        }
    }

    /// <summary>A random scenario that has keys; without the image from outside, which only a judge would build.</summary>
    private static async Task<Scenario> CreateAsync(int seed)
    {
        var chance = new Chance(seed);
        while (true)
        {
            var scenario = ScenarioGenerator.Create($"equal{seed}", chance, canExclude: true);
            scenario = scenario with
            {
                Images = scenario.Images.ConvertAll(image => image with { Instructions = image.Instructions.ConvertAll(line => line.Replace(scenario.ExternalName, ScenarioGenerator.Shell, StringComparison.Ordinal)) }),
            };
            using var tree = new WorkingTree(scenario);
            using var product = new Product(TestEngines.First, tree.Root);
            if ((await product.PlanAsync(default)).Refusal is null)
            {
                return scenario;
            }
        }
    }

    private static Scenario Each(Scenario scenario, Func<Entry, Entry> change) => scenario with { Files = scenario.Files.SetItems(scenario.Files.Select(item => KeyValuePair.Create(item.Key, change(item.Value)))) };

    private static async Task<Dictionary<string, string?>> KeysAsync(Scenario scenario, string? host = null, bool isReversed = false)
    {
        using var tree = new WorkingTree(scenario, isReversed);
        return await KeysInAsync(tree.Root, host ?? TestEngines.First);
    }

    private static async Task<Dictionary<string, string?>> KeysInAsync(string root, string host)
    {
        using var product = new Product(host, root);
        var plan = await product.PlanAsync(default);
        Assert.That(plan.Refusal, Is.Null);
        Assert.That(plan.Images.Values.Select(image => image.Key), Has.All.Not.Null.And.Not.Empty);
        return plan.Images.ToDictionary(item => item.Key, item => item.Value.Key);
    }

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        var (code, _, error) = await DockerCommand.ProcessAsync("git", arguments, new Dictionary<string, string> { ["GIT_CONFIG_GLOBAL"] = "/dev/null" }, folder, default);
        Assert.That(code, Is.Zero, error);
    }
}
