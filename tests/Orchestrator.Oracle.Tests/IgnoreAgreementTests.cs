using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>What patterns leave out, held against Docker's own command.</summary>
[Category("Engine")]
internal sealed class IgnoreAgreementTests
{
    private static readonly string[] Files = ["dir/a/deep/x", "dir/a/x", "dir/in", "dir/x", "in", "bin", "obj", "b-in", "v1.2", "vd.d", "src/bin", "src/x", "a b", "a-b", "other/a/x"];

    private string _root = null!;
    private string _name = null!;
    private Product _product = null!;

    [SetUp]
    public void Open()
    {
        _root = Directory.CreateTempSubdirectory("orchestrator-ignore-").FullName;
        _name = "ignore" + Guid.NewGuid().ToString("N")[..8];
        _product = new Product(TestEngines.First, _root);
        File.WriteAllText(Path.Join(_root, "images.yml"), $"name: {_name}\nimages:\n  {_name}: app\n");
        foreach (var file in Files.Select(file => Path.Join(_root, "app", file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
        }

        File.WriteAllText(Path.Join(_root, "app/Dockerfile"), "FROM local/busybox\nCOPY . /c/\n");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (_product is null)
        {
            return;
        }

        var images = await DockerCommand.RunAsync(TestEngines.First, default, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", $"reference={_name}*", "--filter", $"reference=orchestrator.invalid/{_name}/*");
        foreach (var image in images.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await DockerCommand.TryAsync(TestEngines.First, default, "image", "rm", "--force", image);
        }

        _product.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [TestCase("**\n!dir/a"), TestCase("**\n!dir/*"), TestCase("**\n!dir/**"), TestCase("**\n!dir/*/**"), TestCase("**\n!dir/*/*"), TestCase("**\n!dir/**/*")]
    [TestCase("**\n!dir/*/**\n!o*her"), TestCase("**\n!dir/*/**\n!other/a"), TestCase("*\n!dir/*/x"), TestCase("dir\n!dir/*/**"), TestCase("dir/*\n!dir/*/**")]
    [TestCase("**\\bin"), TestCase("*\\Bin"), TestCase("src\\bin"), TestCase("v\\d.\\d"), TestCase("v\\D.*"), TestCase("a\\sb"), TestCase("a\\Wb"), TestCase("\\Ain\\z"), TestCase("a\\-b")]
    [TestCase("**\\obj"), TestCase("src\\out"), TestCase("a\\1"), TestCase("a\\éb"), CancelAfter(60_000)]
    public async Task The_same_files_are_left_out(string patterns, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Join(_root, "app/.dockerignore"), patterns + "\n", cancellationToken);

        var (theirs, _, refusal) = await DockerCommand.TryAsync(TestEngines.First, cancellationToken, "buildx", "build", "--builder", "default", "--tag", _name + "-theirs", Path.Join(_root, "app"));
        var (ours, text) = await _product.BuildAsync(cancellationToken);

        Assert.That(ours == 0, Is.EqualTo(theirs == 0), $"{text}\n{refusal}");
        if (ours == 0)
        {
            Assert.That(await FilesAsync(_name, cancellationToken), Is.EqualTo(await FilesAsync(_name + "-theirs", cancellationToken)));
        }
    }

    private static Task<string> FilesAsync(string image, CancellationToken cancellationToken) => DockerCommand.RunAsync(TestEngines.First, cancellationToken, "run", "--rm", image, "sh", "-c", "find /c | sort");
}
