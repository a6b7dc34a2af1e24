using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>Registries that refuse to show what is not there yet.</summary>
[Category("Engine")]
internal sealed class HiddenRepositoryTests
{
    private static readonly RegistryOptions Somebody = new()
    {
        Retries = 0,
        FindLogin = (_, _) => Task.FromResult<RegistryLogin?>(new RegistryLogin(TestTokenServer.User, TestTokenServer.Password, false)),
    };

    [Test]
    public async Task Whoever_is_going_to_write_a_repository_sees_that_it_is_not_there_yet()
    {
        await using var registry = await HidingRegistry.StartAsync(hidesFromWriters: false);
        using var reader = new RegistryClient(registry.Host, Somebody);
        using var writer = new RegistryClient(registry.Host, Somebody);
        writer.WillWrite("a");

        Assert.That(() => reader.ResolveAsync("a", "1.0", Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("MayMeanAbsent").True);
        Assert.That(await writer.ResolveAsync("a", "1.0", Patience.Token), Is.Null);
        Assert.That(await writer.ListTagsAsync("a", Patience.Token), Is.Empty);
        Assert.That(registry.Tokens.Asked.Last(), Is.EqualTo("repository:a:pull,push"), "one token for all");
    }

    [Test]
    public async Task An_image_is_copied_to_a_repository_that_is_hidden_from_everybody_until_it_is_there()
    {
        await using var registry = await HidingRegistry.StartAsync(hidesFromWriters: true);
        await using var source = await TestRegistry.StartAsync();
        using var from = new RegistryClient(source.Host, new RegistryOptions());
        using var client = new RegistryClient(registry.Host, Somebody);
        var image = await SampleImage.PushAsync(from, "a", "k", 1000, 2000);

        await new ImageCopy(from, "a", client, "b").CopyAsync(image.Digest, Patience.Token);

        Assert.That(await client.ResolveAsync("b", image.Digest.ToString(), Patience.Token), Is.EqualTo(image.Digest));
    }

    [Test]
    public async Task Whoever_gets_no_token_to_write_still_reads()
    {
        await using var tokens = await TestTokenServer.StartAsync();
        await using var registry = await TestRegistry.StartAsync(token: tokens.Configuration);
        using var owner = new RegistryClient(registry.Host, Somebody);
        var image = await SampleImage.PushAsync(owner, "a", "k", 1000);
        tokens.RefusesPush = true;
        using var client = new RegistryClient(registry.Host, Somebody);
        client.WillWrite("a");

        Assert.That(await client.ResolveAsync("a", image.Digest.ToString(), Patience.Token), Is.EqualTo(image.Digest));
        Assert.That(await client.ReadBlobAsync("a", image.Config!, Patience.Token), Is.Not.Empty);
    }

    [TestCase(true, "not this one")]
    [TestCase(true, null)]
    [TestCase(false, "not this one")]
    [TestCase(false, null)]
    public async Task A_wrong_or_missing_login_says_nothing_of_what_is_there(bool hasTokens, string? password)
    {
        await using var tokens = await TestTokenServer.StartAsync();
        tokens.IsPublic = true;
        await using var registry = hasTokens ? await TestRegistry.StartAsync(token: tokens.Configuration) : await TestRegistry.StartAsync(basic: true);
        using var client = new RegistryClient(registry.Host, Somebody with
        {
            FindLogin = (_, _) => Task.FromResult(password is null ? null : new RegistryLogin(TestTokenServer.User, password, false)),
        });

        Assert.That(() => client.PutManifestAsync("a", "1.0", SampleImage.Image([1], [], ""), Patience.Token), Throws.TypeOf<RegistryApiException>().With.Property("IsDenied").True.And.Property("MayMeanAbsent").False);
    }
}
