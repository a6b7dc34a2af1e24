using NJsonSchema;
using Orchestrator.Graph.Reading;
using YamlDotNet.Serialization;

namespace Orchestrator.Repository.Tests;

/// <summary>The JSON schema in the package is the one of the code, and it says of graph files what the reader says of them.</summary>
internal sealed class SchemaTests
{
    private static IEnumerable<string> Samples => Directory.EnumerateFiles(Path.Join(SourceTree.Root, "tests", "samples"), "images.yml", SearchOption.AllDirectories).Select(SourceTree.Relative).Order();

    [Test]
    public void The_package_has_the_schema_of_the_code() => Golden.CheckFile("nuget/images.schema.json", GraphSchema.Text());

    [TestCaseSource(nameof(Samples))]
    public async Task Samples_are_valid(string file) =>
        Assert.That(await FindingsAsync(await File.ReadAllTextAsync(Path.Join(SourceTree.Root, file))), Is.Empty);

    [TestCase("images:\n  a: a\n  b: { context: b, args: [A=1], secrets: [x, { id: y, env: Y }], targets: { dev: , prod: { tag: latest } }, ulimits: { nofile: 5, nproc: { soft: 1, hard: 2 } } }\nx-own: 1\n")]
    [TestCase("name: a\ncompose: [a.yml, b.yml]\nenvironments: { dev: { env_file: .env, target: dev } }\ncache: { registry: true }\ndefaults: { labels: { a: b } }\n")]
    [TestCase("images:\n  a: { context: a, test: [a --version, { run: [a], stdout: [b], files: { /a: absent, /b: , /c: { mode: 0644 } } }, { files: [/a] }], targets: { dev: { test: [b] } } }\n")]
    public async Task What_the_reader_takes_is_valid(string yaml) => Assert.That(await FindingsAsync(yaml), Is.Empty);

    [TestCase("images:\n  a: { contxt: a }\n")]
    [TestCase("images: [a]\n")]
    [TestCase("image: {}\n")]
    [TestCase("images:\n  a: { context: a, isolation: x }\n")]
    [TestCase("defaults: { context: a }\n")]
    [TestCase("images:\n  a: { context: a, targets: { dev: { tga: x } } }\n")]
    [TestCase("images:\n  a: { context: a, test: [{ rnu: a }] }\n")]
    [TestCase("images:\n  a: { context: a, test: [{ files: { /a: { contents: b } } }] }\n")]
    public async Task What_the_reader_refuses_is_not(string yaml) => Assert.That(await FindingsAsync(yaml), Is.Not.Empty);

    private static async Task<IEnumerable<string>> FindingsAsync(string yaml)
    {
        var schema = await JsonSchema.FromJsonAsync(GraphSchema.Text());
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(new DeserializerBuilder().Build().Deserialize<object>(yaml)!);
        return schema.Validate(json).Select(finding => finding.ToString()).ToList();
    }
}
