using System.Collections.Concurrent;
using System.Text;
using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>Images and indexes go from place to place, whole.</summary>
[Category("Engine")]
internal sealed class ImageCopyTests
{
    private TestRegistry _first = null!;
    private TestRegistry _second = null!;
    private RegistryClient _from = null!;
    private RegistryClient _to = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _first = await TestRegistry.StartAsync();
        _second = await TestRegistry.StartAsync(basic: true);
        _from = new RegistryClient(_first.Host, new RegistryOptions());
        _to = new RegistryClient(_second.Host, new RegistryOptions { FindLogin = (_, _) => Task.FromResult<RegistryLogin?>(new RegistryLogin(TestRegistry.User, TestRegistry.Password, false)) });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _from?.Dispose();
        _to?.Dispose();
        await (_first?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_second?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task Inside_a_registry_nothing_is_sent()
    {
        var image = await SampleImage.PushAsync(_from, "inside/a", "k", 100_000, 200_000);
        var steps = new ConcurrentQueue<CopyProgress>();

        await new ImageCopy(_from, "inside/a", _from, "inside/b", steps.Enqueue).CopyAsync(image.Digest, Patience.Token);

        Assert.That(await _from.ResolveAsync("inside/b", image.Digest.ToString(), Patience.Token), Is.EqualTo(image.Digest));
        Assert.That(steps.Sum(step => step.Bytes), Is.Zero);
        Assert.That(steps.Count(step => step.IsDone), Is.EqualTo(4));
    }

    [Test]
    public async Task An_index_goes_to_another_registry_with_its_platforms_its_attestation_and_its_signature()
    {
        var (index, signature) = await PushIndexAsync("whole");

        await new ImageCopy(_from, "whole", _to, "whole").CopyAsync(index.Digest, Patience.Token);

        Assert.That((await _to.FindManifestAsync("whole", index.Digest.ToString(), Patience.Token))!.Content.ToArray(), Is.EqualTo(index.Content.ToArray()));
        foreach (var child in index.Manifests)
        {
            var manifest = await _to.FindManifestAsync("whole", child.Digest.ToString(), Patience.Token);
            foreach (var blob in manifest!.Layers.Append(manifest.Config!))
            {
                await _to.ReadBlobAsync("whole", blob, Patience.Token);
            }
        }

        var referrers = await _to.ListReferrersAsync("whole", index.Digest, Patience.Token);
        Assert.That(referrers.Select(referrer => referrer.Digest), Is.EqualTo(new[] { signature.Digest }));
        Assert.That(referrers[0].ArtifactType, Is.EqualTo("application/x-signature"));
        Assert.That(index.Manifests.Select(manifest => manifest.IsAttestation), Is.EqualTo(new[] { false, false, true }));
        Assert.That(await _to.ListTagsAsync("whole", Patience.Token), Has.None.Matches<string>(tag => !tag.StartsWith("sha256-", StringComparison.Ordinal)), "a copy gives no names");
    }

    [Test]
    public async Task A_copy_that_was_broken_off_is_completed()
    {
        var image = await SampleImage.PushAsync(_from, "broken", "k", 2_000_000, 2_000_000);
        await using var proxy = await FaultyProxy.StartAsync(_first.Host);
        using var weak = new RegistryClient(proxy.Host, new RegistryOptions { Retries = 0 });
        proxy.FailFirst(100, request => request.Path.Value!.EndsWith(image.Layers[1].Digest.ToString(), StringComparison.Ordinal), proxy.TruncateAsync);

        Assert.That(() => new ImageCopy(weak, "broken", _to, "broken").CopyAsync(image.Digest, Patience.Token), Throws.TypeOf<RegistryUnreachableException>().With.Message.Contains(proxy.Host), "the source is blamed");
        Assert.That(await _to.ResolveAsync("broken", image.Digest.ToString(), Patience.Token), Is.Null);
        await new ImageCopy(_from, "broken", _to, "broken").CopyAsync(image.Digest, Patience.Token);

        Assert.That(await _to.ResolveAsync("broken", image.Digest.ToString(), Patience.Token), Is.EqualTo(image.Digest));
    }

    [Test]
    public async Task What_belongs_to_an_index_that_is_there_is_completed()
    {
        var (index, signature) = await PushIndexAsync("parts");
        await new ImageCopy(_from, "parts", _to, "parts").CopyAsync(index.Digest, Patience.Token);
        var referrers = await _to.ResolveAsync("parts", $"sha256-{index.Digest.Hex}", Patience.Token);
        await _to.DeleteManifestAsync("parts", referrers!.Value, Patience.Token);
        await _to.DeleteManifestAsync("parts", index.Manifests[1].Digest, Patience.Token);
        var steps = new ConcurrentQueue<CopyProgress>();

        await new ImageCopy(_from, "parts", _to, "parts", steps.Enqueue).CopyAsync(index.Digest, Patience.Token);

        Assert.That(await _to.ResolveAsync("parts", index.Manifests[1].Digest.ToString(), Patience.Token), Is.EqualTo(index.Manifests[1].Digest));
        Assert.That((await _to.ListReferrersAsync("parts", index.Digest, Patience.Token)).Select(referrer => referrer.Digest), Is.EqualTo(new[] { signature.Digest }));
        Assert.That(steps.Sum(step => step.Bytes), Is.Zero, "nothing was sent that is there");
    }

    [Test]
    public async Task A_source_that_lies_about_a_layer_spoils_nothing()
    {
        var image = await SampleImage.PushAsync(_from, "lies", "k", 300_000);
        await using var proxy = await FaultyProxy.StartAsync(_first.Host);
        proxy.Alter = (context, body) =>
        {
            if (context.Request.Path.Value!.Contains(image.Layers[0].Digest.Hex, StringComparison.Ordinal))
            {
                body[0] ^= 1;
            }

            return body;
        };
        using var lying = new RegistryClient(proxy.Host, new RegistryOptions());

        Assert.That(() => new ImageCopy(lying, "lies", _to, "lies").CopyAsync(image.Digest, Patience.Token), Throws.TypeOf<RegistryContentException>().With.Message.Contains(proxy.Host));
        Assert.That(await _to.HasBlobAsync("lies", image.Layers[0].Digest, Patience.Token), Is.False);
    }

    [Test]
    public async Task A_large_layer_is_never_held_in_memory()
    {
        const int Bytes = 96 * 1024 * 1024;
        var image = await SampleImage.PushAsync(_from, "large", "k", Bytes);
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await new ImageCopy(_from, "large", _to, "large").CopyAsync(image.Digest, Patience.Token);

        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(Bytes / 4));
        Assert.That(await _to.HasBlobAsync("large", image.Layers[0].Digest, Patience.Token), Is.True);
    }

    private async Task<(Manifest Index, Manifest Signature)> PushIndexAsync(string repository)
    {
        var amd = await SampleImage.PushAsync(_from, repository, "k", 1000);
        var arm = await SampleImage.PushAsync(_from, repository, "k", 1500);
        var attestation = await SampleImage.PushAsync(_from, repository, "", 10);
        var index = SampleImage.Index(
            (amd, ""","platform":{"os":"linux","architecture":"amd64"}"""), (arm, ""","platform":{"os":"linux","architecture":"arm64"}"""),
            (attestation, $$""","platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"{{amd.Digest}}"}"""));
        await _from.PutManifestAsync(repository, "1.0", index, Patience.Token);
        var config = Encoding.UTF8.GetBytes("{}");
        await _from.UploadBlobAsync(repository, SampleImage.Blob(config), SampleImage.From(config), null, Patience.Token);
        var signature = SampleImage.Image(config, [], $$""","subject":{"mediaType":"{{index.MediaType}}","digest":"{{index.Digest}}","size":{{index.Content.Length}}}""", "application/x-signature");
        await _from.PutManifestAsync(repository, signature.Digest.ToString(), signature, Patience.Token);
        await _from.AddReferrerAsync(repository, signature, Patience.Token);
        return (index, signature);
    }
}
