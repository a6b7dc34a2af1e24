using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Publishing;
using Orchestrator.Registry;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>A repository, a real engine and a real registry that both can reach under one name.</summary>
internal sealed class PublishFixture : IAsyncDisposable
{
    private readonly RegistryClient _client;
    private readonly string _configuration = Directory.CreateTempSubdirectory("orchestrator-docker-").FullName;

    private PublishFixture(string host, TestRegistry registry, bool isProtected)
    {
        Registry = registry;
        Network = EngineNetwork.Open(host, registry.Port);
        Repository = new Repository(host);
        Repository.Variables["DOCKER_CONFIG"] = _configuration;
        _client = new RegistryClient(registry.Host, new RegistryOptions
        {
            Retries = 0,
            FindLogin = (_, _) => Task.FromResult(isProtected ? new RegistryLogin(TestRegistry.User, TestRegistry.Password, IsIdentityToken: false) : null),
        });
    }

    public Repository Repository { get; }

    public TestRegistry Registry { get; }

    public EngineNetwork Network { get; }

    public static async Task<PublishFixture> OpenAsync(string engine, bool isProtected = false, bool logsRequests = false, bool deletes = true)
    {
        var host = TestEngines.Host(engine);
        return new PublishFixture(host, await TestRegistry.StartAsync(basic: isProtected, logsRequests: logsRequests, deletes: deletes), isProtected);
    }

    /// <summary>From now on, the repository is another agent's: another engine, and nothing remembered.</summary>
    public EngineNetwork BecomeAgent(string host)
    {
        BecomeAgentApart(host);
        return EngineNetwork.Open(host, Registry.Port);
    }

    /// <summary>The same, with an engine that cannot reach the registry.</summary>
    public void BecomeAgentApart(string host)
    {
        Repository.Variables["DOCKER_HOST"] = host;
        Repository.Variables["XDG_CACHE_HOME"] = Directory.CreateDirectory(Path.Join(_configuration, "cache")).FullName;
    }

    /// <summary>As `docker login` would.</summary>
    public void LogIn(string password)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestRegistry.User}:{password}"));
        File.WriteAllText(Path.Join(_configuration, "config.json"), JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [Registry.Host] = new { auth } } }));
    }

    /// <summary>Docker's configuration, in place of what was there.</summary>
    public void Configure(string json) => File.WriteAllText(Path.Join(_configuration, "config.json"), json);

    /// <summary>A base that is not published by itself, two services on it, and one on a service.</summary>
    public Repository WriteServices(string tags = "\"{version}\", latest") => Repository
        .Write("images.yml", $"name: @\nregistry: {Registry.Host}/acme\npublish_tags: [{tags}]\nimages:\n  @-base: base\n  @-left: left\n  @-right: right\n")
        .Write("base/Dockerfile", "FROM local/busybox\nCOPY data /data\n").Write("base/data", Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(200_000)))
        .Write("left/Dockerfile", "FROM @-base\nRUN echo left > /left\n")
        .Write("right/Dockerfile", "FROM @-base\nRUN echo right > /right\n");

    public string Name(string image) => $"acme/{Repository.Prefix}-{image}";

    public Task<string?> DigestAsync(string image, string tag) => DigestOfAsync(Name(image), tag);

    public async Task<string?> DigestOfAsync(string repository, string tag) => (await _client.ResolveAsync(repository, tag, CancellationToken.None))?.ToString();

    /// <summary>What the index behind a tag is for, sorted.</summary>
    public async Task<IEnumerable<string>> PlatformsAsync(string image, string tag) =>
        (await ManifestAsync(image, tag)).Manifests.Select(child => child.Platform).Order(StringComparer.Ordinal);

    /// <summary>What a tag stands for, which must be there.</summary>
    public async Task<Manifest> ManifestAsync(string image, string tag) => (await _client.FindManifestAsync(Name(image), tag, CancellationToken.None))!;

    /// <summary>The key that the label of the image behind a tag tells; null where there is no image, or none that the registry can give.</summary>
    public async Task<string?> KeyAsync(string image, string tag)
    {
        try
        {
            return await _client.FindManifestAsync(Name(image), tag, CancellationToken.None) is { } manifest
                ? (await ImageLabels.ReadKeyAsync(_client, Name(image), manifest, CancellationToken.None)).Key ?? "no key"
                : null;
        }
        catch (RegistryApiException exception) when (exception.StatusCode == System.Net.HttpStatusCode.InternalServerError)
        {
            return null;
        }
    }

    public Task<IEnumerable<string>> TagsAsync(string image) => TagsOfAsync(Name(image));

    public async Task<IEnumerable<string>> TagsOfAsync(string repository) => (await _client.ListTagsAsync(repository, CancellationToken.None)).Order(StringComparer.Ordinal);

    /// <summary>The tags without the key tags.</summary>
    public async Task<string> ReleaseTagsAsync(string image) => string.Join(' ', (await TagsAsync(image)).Where(tag => !tag.StartsWith("key-", StringComparison.Ordinal)));

    /// <summary>Lets a tag stand for another image, as somebody else would.</summary>
    public Task MoveAsync(string image, string tag, string toImage, string toTag) => MoveInAsync(Name(image), tag, Name(toImage), toTag);

    /// <summary>The same in any repository.</summary>
    public async Task MoveInAsync(string repository, string tag, string toRepository, string toTag)
    {
        var manifest = await _client.FindManifestAsync(toRepository, toTag, CancellationToken.None);
        await new ImageCopy(_client, toRepository, _client, repository).CopyAsync(manifest!.Digest, CancellationToken.None);
        await _client.PutManifestAsync(repository, tag, manifest, CancellationToken.None);
    }

    /// <summary>Takes an image's only key tag away, as rules of the registry for old tags do.</summary>
    public string LoseKeyTag(string image)
    {
        var tag = Directory.GetDirectories(Path.Join(Registry.Storage, "docker/registry/v2/repositories", Name(image), "_manifests/tags"), "key-*").Single();
        Directory.Delete(tag, recursive: true);
        return Path.GetFileName(tag);
    }

    /// <summary>The same of one of several.</summary>
    public void LoseKeyTag(string image, string key) =>
        Directory.Delete(Path.Join(Registry.Storage, "docker/registry/v2/repositories", Name(image), "_manifests/tags", "key-" + key), recursive: true);

    /// <summary>Lets a tag stand for an index in which only one platform is left, as a push that found no more would.</summary>
    public async Task NarrowAsync(string image, string tag, string platform)
    {
        var manifest = await ManifestAsync(image, tag);
        var index = JsonNode.Parse(manifest.Content.Span)!.AsObject();
        var left = manifest.Manifests.Index().Where(child => child.Item.Platform == platform).Select(child => index["manifests"]![child.Index]!.DeepClone());
        index["manifests"] = new JsonArray([.. left]);
        await _client.PutManifestAsync(Name(image), tag, Manifest.Read(Encoding.UTF8.GetBytes(index.ToJsonString()), manifest.MediaType), CancellationToken.None);
    }

    /// <summary>Takes a manifest away that has no tag of its own, as rules of the registry do that do not look into indexes.</summary>
    public static void LoseManifest(TestRegistry registry, string repository, Digest digest) =>
        Directory.Delete(Path.Join(registry.Storage, "docker/registry/v2/repositories", repository, "_manifests/revisions/sha256", digest.Hex), recursive: true);

    /// <summary>Writes an index, under a tag of its own, in which an image lies.</summary>
    public async Task GatherAsync(string image, string tag, string of)
    {
        var manifest = await _client.FindManifestAsync(Name(image), of, CancellationToken.None);
        await _client.PutManifestAsync(Name(image), tag, Manifest.Read(ReferrersIndex.Write([manifest!.Descriptor]), MediaTypes.OciIndex), CancellationToken.None);
    }

    /// <summary>Writes an index, under a tag of its own, of images for Linux whose tags are their architectures.</summary>
    public async Task IndexAsync(string image, string tag, params string[] architectures)
    {
        var manifests = new List<string>();
        foreach (var architecture in architectures)
        {
            var manifest = (await _client.FindManifestAsync(Name(image), architecture, CancellationToken.None))!.Descriptor;
            manifests.Add($$$"""{"mediaType":"{{{manifest.MediaType}}}","digest":"{{{manifest.Digest}}}","size":{{{manifest.Size}}},"platform":{"os":"linux","architecture":"{{{architecture}}}"}}""");
        }

        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', manifests)}}]}""";
        await _client.PutManifestAsync(Name(image), tag, Manifest.Read(Encoding.UTF8.GetBytes(index), MediaTypes.OciIndex), CancellationToken.None);
    }

    /// <summary>Damages an image's uppermost layer on the registry's disk.</summary>
    public async Task SpoilTopLayerAsync(string image, string tag)
    {
        var manifest = await _client.FindManifestAsync(Name(image), tag, CancellationToken.None);
        var top = manifest!.IsIndex ? await _client.FindManifestAsync(Name(image), manifest.Manifests[0].Digest.ToString(), CancellationToken.None) : manifest;
        var hex = top!.Layers[^1].Digest.Hex;
        var file = Path.Join(Registry.Storage, "docker/registry/v2/blobs/sha256", hex[..2], hex, "data");
        await File.WriteAllBytesAsync(file, new byte[new FileInfo(file).Length]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Network.DisposeAsync();
        await Registry.DisposeAsync();
        await Repository.DisposeAsync();
        Directory.Delete(_configuration, recursive: true);
    }
}
