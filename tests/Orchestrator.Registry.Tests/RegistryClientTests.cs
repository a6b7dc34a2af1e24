using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>The client against a registry that does what it should.</summary>
[Category("Engine")]
internal sealed class RegistryClientTests
{
    private TestRegistry _registry = null!;
    private RegistryClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _registry = await TestRegistry.StartAsync();
        _client = new RegistryClient(_registry.Host, new RegistryOptions());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }
    }

    [Test]
    public async Task An_image_is_read_as_it_was_written()
    {
        var manifest = await SampleImage.PushAsync(_client, "written", "k", 1_000_000, 0, 1);
        await _client.PutManifestAsync("written", "1.0", manifest, Patience.Token);

        var read = await _client.FindManifestAsync("written", "1.0", Patience.Token);
        Assert.That(read!.Digest, Is.EqualTo(manifest.Digest));
        Assert.That(read.Content.ToArray(), Is.EqualTo(manifest.Content.ToArray()));
        Assert.That(await _client.ResolveAsync("written", "1.0", Patience.Token), Is.EqualTo(manifest.Digest));
        foreach (var layer in manifest.Layers)
        {
            Assert.That(await _client.ReadBlobAsync("written", layer, Patience.Token), Has.Length.EqualTo(layer.Size));
        }
    }

    [Test]
    public async Task What_is_not_there_is_null()
    {
        Assert.That(await _client.ResolveAsync("nothing", "1.0", Patience.Token), Is.Null);
        Assert.That(await _client.FindManifestAsync("nothing", "1.0", Patience.Token), Is.Null);
        Assert.That(await _client.HasBlobAsync("nothing", Digest.Of([1]), Patience.Token), Is.False);
        Assert.That(await _client.ListTagsAsync("nothing", Patience.Token), Is.Empty);
        Assert.That(await _client.ListReferrersAsync("nothing", Digest.Of([1]), Patience.Token), Is.Empty);
    }

    [TestCase(null)]
    [TestCase(100_000)]
    public async Task A_blob_goes_up_whole_or_in_pieces(long? piece)
    {
        using var client = new RegistryClient(_registry.Host, new RegistryOptions { UploadChunkBytes = piece });
        var content = RandomNumberGenerator.GetBytes(350_001);
        var moved = 0L;

        var uploaded = await client.UploadBlobAsync("pieces", SampleImage.Blob(content), SampleImage.From(content), count => moved += count, Patience.Token);
        var again = await client.UploadBlobAsync("pieces", SampleImage.Blob(content), SampleImage.From(content), null, Patience.Token);

        Assert.That((uploaded, again, moved), Is.EqualTo((true, false, 350_001L)));
        Assert.That(await client.ReadBlobAsync("pieces", SampleImage.Blob(content), Patience.Token), Is.EqualTo(content));
    }

    [Test]
    public async Task Upload_of_other_content_than_promised_is_refused_and_leaves_nothing()
    {
        var promised = SampleImage.Blob(RandomNumberGenerator.GetBytes(1000));
        var other = RandomNumberGenerator.GetBytes(1000);

        Assert.That(() => _client.UploadBlobAsync("other", promised, SampleImage.From(other), null, Patience.Token), Throws.TypeOf<RegistryApiException>().With.Message.Contains("DIGEST_INVALID"));
        Assert.That(await _client.HasBlobAsync("other", promised.Digest, Patience.Token), Is.False);
    }

    [Test]
    public async Task Tags_are_listed()
    {
        var manifest = await SampleImage.PushAsync(_client, "tags", "k", 10);
        foreach (var tag in new[] { "1.0", "2.0" })
        {
            await _client.PutManifestAsync("tags", tag, manifest, Patience.Token);
        }

        Assert.That(await _client.ListTagsAsync("tags", Patience.Token), Is.EquivalentTo(new[] { "1.0", "2.0" }));
    }

    /// <summary>Debian's registry has no pages, so the proxy plays one that has.</summary>
    [Test]
    public async Task Tags_are_listed_over_pages()
    {
        await using var proxy = await FaultyProxy.StartAsync(_registry.Host);
        proxy.Fault = async context =>
        {
            var last = context.Request.Query["last"].FirstOrDefault();
            if (last is null && context.Request.Path == "/v2/paged/tags/list")
            {
                context.Response.Headers.Link = "</v2/paged/tags/list?n=2&last=b>; rel=\"next\"";
            }

            await context.Response.WriteAsync(last is null ? """{"name":"paged","tags":["a","b"]}""" : """{"name":"paged","tags":["c"]}""");
            return true;
        };
        using var client = new RegistryClient(proxy.Host, new RegistryOptions());

        Assert.That(await client.ListTagsAsync("paged", Patience.Token), Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task A_deleted_manifest_takes_its_tags_along()
    {
        var manifest = await SampleImage.PushAsync(_client, "deleted", "k", 10);
        await _client.PutManifestAsync("deleted", "a", manifest, Patience.Token);

        Assert.That(await _client.DeleteManifestAsync("deleted", manifest.Digest, Patience.Token), Is.True);
        Assert.That(await _client.DeleteManifestAsync("deleted", manifest.Digest, Patience.Token), Is.False);
        Assert.That(await _client.ResolveAsync("deleted", "a", Patience.Token), Is.Null);
    }

    [Test]
    public async Task A_tag_goes_alone_where_the_registry_can_do_that_and_stays_where_not()
    {
        await _client.PutManifestAsync("untagged", "k", await SampleImage.PushAsync(_client, "untagged", "k", 10), Patience.Token);
        await using var proxy = await FaultyProxy.StartAsync(_client.Host);
        using var client = new RegistryClient(proxy.Host, new RegistryOptions());

        // The real registry deletes by digest only; one that knows better is played.
        Assert.That(await client.DeleteTagAsync("untagged", "k", Patience.Token), Is.False);
        Assert.That(await client.ResolveAsync("untagged", "k", Patience.Token), Is.Not.Null);
        proxy.FailFirst(1, request => request.Method == "DELETE", context => Task.FromResult(context.Response.StatusCode = 202));
        Assert.That(await client.DeleteTagAsync("untagged", "k", Patience.Token), Is.True);
        Assert.That(proxy.Requests.Count(request => request == "DELETE /v2/untagged/manifests/k"), Is.EqualTo(2), string.Join('\n', proxy.Requests));
    }

    [TestCase("../x")]
    [TestCase("a//b")]
    [TestCase("A")]
    [TestCase("a?b")]
    [TestCase("")]
    public void Names_that_would_leave_their_place_are_refused(string repository) =>
        Assert.That(() => _client.ResolveAsync(repository, "a", Patience.Token), Throws.ArgumentException);

    [Test]
    public void A_cancelled_call_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(() => _client.ResolveAsync("a", "a", cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Nobody_there_is_said_with_the_registrys_name()
    {
        using var client = new RegistryClient($"127.0.0.1:{TestRegistry.FreePort()}", new RegistryOptions { Retries = 1, FirstDelay = TimeSpan.FromMilliseconds(1) });
        Assert.That(() => client.PingAsync(Patience.Token), Throws.TypeOf<RegistryUnreachableException>().With.Message.Contains(client.Host).And.Property("IsTransient").True);
    }

    [Test]
    public async Task A_manifest_whose_blobs_are_missing_is_refused()
    {
        var manifest = SampleImage.Image([1, 2, 3], [[4, 5]], "");
        Assert.That(() => _client.PutManifestAsync("missing", "a", manifest, Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("StatusCode").EqualTo(HttpStatusCode.BadRequest).And.Message.Contains("BLOB_UNKNOWN"));
        Assert.That(await _client.ResolveAsync("missing", "a", Patience.Token), Is.Null);
    }
}
