using System.Diagnostics;
using System.Security.Cryptography;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>A real registry whose disk is full: a file system of a few megabytes in place of its storage, which needs root as the engines do.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class FullRegistryTests(string engine)
{
    private PublishFixture _fixture = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _fixture = await PublishFixture.OpenAsync(engine);
        Directory.CreateDirectory(_fixture.Registry.Storage);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", _fixture.Registry.Storage);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await RunAsync("umount", "--lazy", _fixture.Registry.Storage);
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task A_full_disk_is_one_error_spoils_nothing_and_the_next_run_completes()
    {
        var repository = _fixture.WriteServices();
        var first = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var released = await _fixture.DigestAsync("left", "1.0.0");
        repository.Write("left/Dockerfile", "FROM @-base\nCOPY big /big\n").Write("left/big", Convert.ToHexString(RandomNumberGenerator.GetBytes(16_000_000)));

        var full = await repository.RunAsync("push", "--build", "--version", "1.1.0");
        var latest = await _fixture.DigestAsync("left", "latest");
        var local = await repository.RunAsync("build");
        await RunAsync("mount", "-o", "remount,size=64m", _fixture.Registry.Storage);
        var again = await repository.RunAsync("push", "--version", "1.1.0");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(full.ExitCode, Is.EqualTo(1), full.ToString());
        Assert.That(full.Text.Split("error ORC").Length - 1, Is.EqualTo(1), full.ToString());
        Assert.That(full.Text, Does.Contain("left").And.Contain("500"), full.ToString());
        Assert.That(latest, Is.EqualTo(released).And.Not.Null, "a moving tag has moved to a release that is not whole");
        Assert.That(await _fixture.KeyAsync("left", "1.0.0"), Is.Not.Null.And.Not.EqualTo("no key"));
        Assert.That(local.Text, Does.Contain("3 images: 3 up-to-date"), local.ToString());
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(await _fixture.DigestAsync("left", "latest"), Is.EqualTo(await _fixture.DigestAsync("left", "1.1.0")).And.Not.EqualTo(released));
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Join(' ', command));
    }
}
