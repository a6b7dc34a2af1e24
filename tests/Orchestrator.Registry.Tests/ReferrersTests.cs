using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>What is about an image, in registries that keep a list of it and in those that do not. Debian's keeps none, so the proxy plays the answers.</summary>
[Category("Engine")]
internal sealed class ReferrersTests
{
    private TestRegistry _registry = null!;
    private FaultyProxy _proxy = null!;
    private RegistryClient _client = null!;
    private Manifest _image = null!;
    private Manifest _signature = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _registry = await TestRegistry.StartAsync();
        using var direct = new RegistryClient(_registry.Host, new RegistryOptions());
        _image = await SampleImage.PushAsync(direct, "a", "k", 1000);
        var config = Encoding.UTF8.GetBytes("{}");
        await direct.UploadBlobAsync("a", SampleImage.Blob(config), SampleImage.From(config), null, Patience.Token);
        _signature = SampleImage.Image(config, [], $$""","subject":{"mediaType":"{{_image.MediaType}}","digest":"{{_image.Digest}}","size":{{_image.Content.Length}}}""", "application/x-signature");
        await direct.PutManifestAsync("a", _signature.Digest.ToString(), _signature, Patience.Token);
        await direct.AddReferrerAsync("a", _signature, Patience.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await (_registry?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SetUp]
    public async Task OpenAsync()
    {
        _proxy = await FaultyProxy.StartAsync(_registry.Host);
        _client = new RegistryClient(_proxy.Host, new RegistryOptions { Retries = 0 });
    }

    [TearDown]
    public async Task CloseAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    [Test]
    public async Task A_long_digest_is_cut_to_be_a_tag()
    {
        var subject = Digest.Parse("sha512:" + new string('a', 128));
        var about = SampleImage.Image(Encoding.UTF8.GetBytes("{}"), [], $$""","subject":{"mediaType":"{{_image.MediaType}}","digest":"{{subject}}","size":7}""", "application/x-signature");
        await _client.PutManifestAsync("a", about.Digest.ToString(), about, Patience.Token);

        await _client.AddReferrerAsync("a", about, Patience.Token);

        Assert.That((await _client.ListReferrersAsync("a", subject, Patience.Token)).Select(descriptor => descriptor.Digest), Is.EqualTo(new[] { about.Digest }));
        Assert.That(await _client.ListTagsAsync("a", Patience.Token), Does.Contain("sha512-" + new string('a', 64)));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(405)]
    [TestCase(406)]
    [TestCase(501)]
    public async Task A_registry_that_keeps_no_list_has_it_under_a_tag(int status)
    {
        _proxy.FailFirst(1, IsReferrers, FaultyProxy.Status(status));

        Assert.That(await ListAsync(), Is.EqualTo(new[] { _signature.Digest }));
    }

    [TestCase("text/html", "<html>")]
    [TestCase("application/json", "{}")]
    [TestCase(null, "")]
    public async Task A_page_that_is_no_index_is_no_list(string? type, string body)
    {
        _proxy.FailFirst(1, IsReferrers, Page(type, body));

        Assert.That(await ListAsync(), Is.EqualTo(new[] { _signature.Digest }));
    }

    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public void What_may_pass_by_itself_is_no_answer(int status)
    {
        _proxy.FailFirst(1, IsReferrers, FaultyProxy.Status(status));

        Assert.That(ListAsync, Throws.TypeOf<RegistryApiException>().With.Property("StatusCode").EqualTo((HttpStatusCode)status));
    }

    [TestCase(401)]
    [TestCase(403)]
    public void Credentials_that_are_asked_for_are_not_passed_over(int status)
    {
        _proxy.FailFirst(3, IsReferrers, context =>
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"somewhere\"";
            return FaultyProxy.Status(status)(context);
        });

        Assert.That(ListAsync, Throws.TypeOf<RegistryApiException>().With.Property("IsDenied").True);
    }

    [Test]
    public async Task A_list_is_read_over_all_its_pages()
    {
        var other = SampleImage.Image(Encoding.UTF8.GetBytes("other"), [], "");
        _proxy.Fault = async context =>
        {
            var isFirst = context.Request.Query.Count == 0;
            context.Response.Headers.Link = isFirst ? $"</v2/a/referrers/{_image.Digest}?last=1>; rel=\"next\"" : default;
            await Page(MediaTypes.OciIndex, Encoding.UTF8.GetString(SampleImage.Index((isFirst ? other : _signature, "")).Content.Span))(context);
            return true;
        };

        Assert.That(await ListAsync(), Is.EqualTo(new[] { other.Digest, _signature.Digest }));
    }

    [TestCase("?last=1", "repeats a page")]
    [TestCase("?last=2", "a page of what is about it is missing")]
    public void Pages_that_never_end_or_end_too_early_are_told(string next, string told)
    {
        _proxy.Fault = async context =>
        {
            context.Response.Headers.Link = $"</v2/a/referrers/{_image.Digest}{(context.Request.Query.Count == 0 ? "?last=1" : next)}>; rel=\"next\"";
            await (context.Request.QueryString.Value == "?last=2" ? FaultyProxy.Status(404) : Page(MediaTypes.OciIndex, Encoding.UTF8.GetString(SampleImage.Index((_signature, "")).Content.Span)))(context);
            return true;
        };

        Assert.That(ListAsync, Throws.TypeOf<RegistryContentException>().With.Message.Contains(told));
    }

    private async Task<IEnumerable<Digest>> ListAsync() => (await _client.ListReferrersAsync("a", _image.Digest, Patience.Token)).Select(referrer => referrer.Digest);

    private static bool IsReferrers(HttpRequest request) => request.Path.Value!.Contains("/referrers/", StringComparison.Ordinal);

    private static Func<HttpContext, Task> Page(string? type, string body) => async context =>
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    };
}
