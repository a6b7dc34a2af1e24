using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orchestrator.Dockerfiles;
using Orchestrator.Pinning;
using Orchestrator.Registry;
using Orchestrator.Testing;

namespace Orchestrator.Tests.Pinning;

/// <summary>Files that are downloaded to know their digests, from a real server.</summary>
internal sealed class HttpSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TestWeb _web = null!;

    [SetUp]
    public async Task OpenAsync() => _web = await TestWeb.StartAsync();

    [TearDown]
    public ValueTask CloseAsync() => _web.DisposeAsync();

    [Test]
    public async Task A_file_is_known_by_its_digest()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        _web.Write("/file", content);

        Assert.That((await ResolveAsync(_web.Url + "/file")).Digest, Is.EqualTo(Digest(content)));
    }

    [Test]
    public async Task A_redirection_is_followed_and_a_circle_is_not()
    {
        _web.Write("/file", "x"u8.ToArray());
        Redirect("/old", "/file");
        Redirect("/circle", "/circle");

        var (followed, circle) = (await ResolveAsync(_web.Url + "/old"), await ResolveAsync(_web.Url + "/circle"));

        Assert.That(followed.Digest, Is.EqualTo(Digest("x"u8)));
        Assert.That((circle.Digest, circle.Refusal), Is.EqualTo(((string?)null, "its server answers 302, and leads nowhere, in circles or from https to http")));
    }

    /// <summary>BuildKit's client takes the compression of a transfer off, and so the digest is that of the file.</summary>
    [Test]
    public async Task A_compressed_transfer_is_the_same_file()
    {
        _web.Pages["/file"] = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("text"u8.ToArray());
        };

        Assert.That((await ResolveAsync(_web.Url + "/file")).Digest, Is.EqualTo(Digest("text"u8)));
    }

    [Test]
    public async Task Name_and_password_of_the_address_are_sent_and_never_shown()
    {
        _web.Write("/file", "x"u8.ToArray());
        _web.Authorization = "Basic " + Convert.ToBase64String("me:p w"u8);

        var known = await ResolveAsync(_web.Url.Replace("//", "//me:p%20w@", StringComparison.Ordinal) + "/file");
        var unknown = await ResolveAsync(_web.Url.Replace("//", "//canary@", StringComparison.Ordinal) + "/file?canary");

        Assert.That(known.Digest, Is.EqualTo(Digest("x"u8)));
        Assert.That(unknown.Refusal, Is.EqualTo("its server answers 401 Unauthorized"));
    }

    [Test]
    public async Task What_is_not_there_is_said()
    {
        var missing = await ResolveAsync(_web.Url + "/nothing");
        await _web.DisposeAsync();
        var closed = await ResolveAsync(_web.Url + "/file?canary");

        Assert.That(missing.Refusal, Is.EqualTo("its server answers 404 Not Found"));
        Assert.That(closed.Refusal, Does.StartWith("its server cannot be reached: Connection refused").And.Not.Contain("canary"));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_said()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Server("127.0.0.1");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync();

        var answer = await ResolveAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file");
        await serving;

        Assert.That(answer.Refusal, Does.StartWith("its certificate is not trusted: "));

        async Task ServeAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(certificate);
                _ = await stream.ReadAsync(new byte[1]);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client hangs up, as it should.
            }
        }
    }

    [Test]
    public async Task A_server_that_says_nothing_and_one_that_stops_are_left()
    {
        var release = new TaskCompletionSource();
        _web.Pages["/silent"] = _ => release.Task;
        _web.Pages["/stops"] = async context =>
        {
            await context.Response.Body.WriteAsync(new byte[100_000]);
            await context.Response.Body.FlushAsync();
            await release.Task;
        };

        var brief = TimeSpan.FromSeconds(1);
        var answers = new[] { await ResolveAsync(_web.Url + "/silent", brief), await ResolveAsync(_web.Url + "/stops", brief) };
        release.SetResult();

        Assert.That(answers.Select(answer => answer.Refusal), Is.All.EqualTo("its server said nothing for 1 seconds"));
    }

    [Test]
    public async Task A_download_that_breaks_off_is_no_digest()
    {
        _web.Pages["/file"] = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        Assert.That((await ResolveAsync(_web.Url + "/file")) is { Digest: null, Refusal: "the download broke off" });
    }

    /// <summary>Nobody has such a name: the server that is asked is the proxy.</summary>
    [Test]
    public async Task A_proxy_is_asked_but_for_what_is_below_a_name_that_is_taken_out()
    {
        _web.Write("/file", "x"u8.ToArray());
        (string, string)[] variables = [("http_proxy", _web.Url), ("NO_PROXY", "inner.invalid:80")];

        var (outer, inner) = (await ResolveAsync("http://files.invalid/file", null, variables), await ResolveAsync("http://files.inner.invalid/file", null, variables));

        Assert.That(outer.Digest, Is.EqualTo(Digest("x"u8)));
        Assert.That(inner.Digest, Is.Null, "its name was looked up here");
        Assert.That(_web.Asked, Has.Count.EqualTo(1));
    }

    private void Redirect(string from, string to) => _web.Pages[from] = context =>
    {
        context.Response.Redirect(_web.Url + to);
        return Task.CompletedTask;
    };

    private static async Task<RemoteAnswer> ResolveAsync(string url, TimeSpan? patience = null, params (string Name, string Value)[] variables)
    {
        using var source = new HttpSource(patience ?? Patience, VariableProxy.Of(variables.ToDictionary(variable => variable.Name, variable => variable.Value)));
        return await source.ResolveAsync(RemoteAddress.Parse(url, RemoteKind.Http), CancellationToken.None);
    }

    private static string Digest(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
