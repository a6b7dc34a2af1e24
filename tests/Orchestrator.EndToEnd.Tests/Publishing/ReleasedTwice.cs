using System.Diagnostics;
using System.Security.Cryptography;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// A registry that has the release 1.4.0, as often as it is wanted so, and an engine that has the images of 1.5.0. Knows what a push of 1.5.0 writes,
/// because one that nobody disturbed was watched.
/// </summary>
internal sealed class ReleasedTwice
{
    private const string Old = "1.4.0";
    private const string New = "1.5.0";
    private static readonly string[] Images = ["base", "left", "right"];
    private static readonly string[] Moving = ["1", "1.5", "latest"];

    private readonly PublishFixture _fixture;
    private readonly string _before;
    private readonly Dictionary<string, (string Old, string New)> _keys = new(StringComparer.Ordinal);
    private Dictionary<string, string> _links = [];
    private IReadOnlyList<string> _damaged = [];

    private ReleasedTwice(PublishFixture fixture, string before) => (_fixture, _before) = (fixture, before);

    /// <summary>How many bytes the engine sends for 1.5.0.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many tags are written for it, key tags among them.</summary>
    public int Writes { get; private set; }

    /// <summary>What <see cref="CheckAsync"/> says of a registry that has all of 1.5.0.</summary>
    public string Complete { get; private set; } = "";

    public static async Task<ReleasedTwice> PrepareAsync(PublishFixture fixture)
    {
        var repository = fixture.WriteServices("\"{version}\", \"{major}.{minor}\", \"{major}\", latest");
        var first = await repository.RunAsync("push", "--build", "--version", Old);
        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        var release = new ReleasedTwice(fixture, Path.Join(repository.State, "registry"));
        await fixture.Registry.KillAsync();
        Copy(fixture.Registry.Storage, release._before);
        await release.WatchAsync();
        return release;
    }

    /// <summary>The registry as it was before any push of 1.5.0.</summary>
    public async Task ForgetAsync()
    {
        await _fixture.Registry.KillAsync();
        Directory.Delete(_fixture.Registry.Storage, recursive: true);
        Copy(_before, _fixture.Registry.Storage);
        await _fixture.Registry.StartAgainAsync();
    }

    public Process Push() => _fixture.Repository.Start("push", "--version", New);

    /// <summary>Kills the registry when so much was sent or written, or the push is over.</summary>
    /// <returns>When that was, in words.</returns>
    public async Task<string> KillAsync(Process push, long atByte, int atTag)
    {
        var start = _fixture.Network.Sent;
        var isSent = false;
        _fixture.Network.Passes = total => !Volatile.Read(ref isSent) && !(isSent = total - start >= atByte);
        while (!Volatile.Read(ref isSent) && Written() < atTag && !push.HasExited)
        {
            await Task.Delay(1);
        }

        await _fixture.Registry.KillAsync();
        _fixture.Network.Passes = _ => true;
        return $"killed at byte {_fixture.Network.Sent - start} of {Bytes} with {Written()} of {Writes} tags written{(push.HasExited ? ", after the push" : "")}";
    }

    /// <summary>
    /// What the operator does after a crash. This registry empties a file before it writes it, even one that is to get the same content again; killed in
    /// between, it answers 500 for whatever the file is about. A link below a digest says that digest, and is written again so. A moving tag is written anew
    /// by the next push; any other empty file has to be taken away.
    /// </summary>
    /// <returns>What was damaged, moving tags included.</returns>
    public IReadOnlyList<string> Repair()
    {
        var storage = Path.Join(_fixture.Registry.Storage, "docker/registry/v2");
        var empty = new DirectoryInfo(storage).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Length == 0 && file.Name is "link" or "data" && !file.FullName.Contains("/_uploads/", StringComparison.Ordinal)).ToList();
        foreach (var file in empty)
        {
            if (file.Name == "link" && file.Directory!.Parent!.Name == "sha256")
            {
                File.WriteAllText(file.FullName, "sha256:" + file.Directory.Name);
            }
            else if (!Moving.Any(tag => file.FullName.EndsWith(Link(tag), StringComparison.Ordinal)))
            {
                file.Delete();
            }
        }

        return _damaged = [.. empty.Select(file => Path.GetRelativePath(storage, file.FullName))];
    }

    /// <summary>The guarantee: each tag stands for the image that it names, and each step is only begun when the one before is done for all images.</summary>
    /// <returns>How far 1.5.0 is.</returns>
    public async Task<string> CheckAsync(string situation)
    {
        var (keys, versions, moved) = (0, 0, 0);
        foreach (var image in Images)
        {
            var (old, @new) = _keys[image];
            foreach (var tag in await _fixture.TagsAsync(image))
            {
                var key = await _fixture.KeyAsync(image, tag);
                var right = Right(tag, old, @new);
                // A registry that died lists a new tag from the moment that its folder is there; without content it stands for nothing.
                Assert.That(right.Contains(key) || (key is null && (!right.Contains(old) || _damaged.Any(file => file.EndsWith(_fixture.Name(image) + Link(tag), StringComparison.Ordinal)))), $"{image}:{tag} is an image of {key ?? "nothing"}; {situation}");
                keys += tag == "key-" + @new && key is not null ? 1 : 0;
                versions += tag == New && key is not null ? 1 : 0;
                moved += Moving.Contains(tag) && key == @new ? 1 : 0;
            }
        }

        Assert.That(versions == 0 || keys == Images.Length, $"a version before all images: {keys}, {versions}, {moved}; {situation}");
        Assert.That(moved == 0 || versions == Images.Length, $"a moving tag before all versions: {keys}, {versions}, {moved}; {situation}");
        return $"{keys} images, {versions} versions, {moved} moved";
    }

    private static string Link(string tag) => $"/_manifests/tags/{tag}/current/link";

    /// <summary>The keys that a tag may stand for.</summary>
    private static string[] Right(string tag, string old, string @new) => tag switch
    {
        Old or "1.4" => [old],
        New or "1.5" => [@new],
        "1" or "latest" => [old, @new],
        _ => [tag["key-".Length..]],
    };

    private async Task WatchAsync()
    {
        var repository = _fixture.Repository;
        await _fixture.Registry.StartAgainAsync();
        var old = await KeysAsync();
        repository.Write("base/data", Convert.ToHexString(RandomNumberGenerator.GetBytes(400_000)));
        var built = await repository.RunAsync("build");
        Assert.That(built.Built, Is.EqualTo(Images), built.ToString());
        _links = Links();
        var start = _fixture.Network.Sent;
        var pushed = await repository.EndAsync(Push());
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        (Bytes, Writes) = (_fixture.Network.Sent - start, Written());
        var both = await KeysAsync();
        foreach (var image in Images)
        {
            _keys[image] = (old[image].Single(), both[image].Except(old[image]).Single());
        }

        Complete = await CheckAsync("undisturbed");
        Assert.That((Writes, Complete), Is.EqualTo((15, "3 images, 3 versions, 9 moved")));
    }

    private async Task<Dictionary<string, List<string>>> KeysAsync()
    {
        var keys = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var image in Images)
        {
            keys[image] = [.. (await _fixture.TagsAsync(image)).Where(tag => tag.StartsWith("key-", StringComparison.Ordinal)).Select(tag => tag["key-".Length..])];
        }

        return keys;
    }

    /// <summary>Tags that are new, or stand for something else than before.</summary>
    private int Written() => Links().Count(link => link.Value.Length > 0 && _links.GetValueOrDefault(link.Key) != link.Value);

    /// <summary>What the registry's storage has of each tag; seen there, it does not matter whether the registry lives.</summary>
    private Dictionary<string, string> Links()
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in Images)
        {
            var tags = Path.Join(_fixture.Registry.Storage, "docker/registry/v2/repositories", _fixture.Name(image), "_manifests/tags");
            foreach (var link in Directory.Exists(tags) ? Directory.GetDirectories(tags).Select(tag => Path.Join(tag, "current/link")).Where(File.Exists) : [])
            {
                links[link] = File.ReadAllText(link);
            }
        }

        return links;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Join(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
