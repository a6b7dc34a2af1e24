using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Testing;

/// <summary>Stands between the client and a real registry, passes everything on, and does what the test says to some requests.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly string[] Hops = ["Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly WebApplication _application;
    private readonly HttpClient _client;
    private readonly Uri _registry;

    private FaultyProxy(WebApplication application, HttpClient client, Uri registry) => (_application, _client, _registry) = (application, client, registry);

    /// <summary>Asked for each request; true means that it has been answered, or dropped.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    /// <summary>Changes a body on its way back.</summary>
    public Func<HttpContext, byte[], byte[]>? Alter { get; set; }

    /// <summary>Method and path of everything that came, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public string Host => Address.Authority;

    public int Port => Address.Port;

    private Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<FaultyProxy> StartAsync(string registry)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        var application = builder.Build();
        var proxy = new FaultyProxy(application, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), new Uri($"http://{registry}"));
        application.Run(proxy.PassAsync);
        await application.StartAsync();
        return proxy;
    }

    /// <summary>Does the fault the first <paramref name="times"/> times that a request matches.</summary>
    public void FailFirst(int times, Func<HttpRequest, bool> matches, Func<HttpContext, Task> fault)
    {
        var left = times;
        Fault = async context =>
        {
            if (!matches(context.Request) || Interlocked.Decrement(ref left) < 0)
            {
                return false;
            }

            await fault(context);
            return true;
        };
    }

    /// <summary>Passes on the first bytes of an upload and then drops both sides.</summary>
    public async Task CutUploadAsync(HttpContext context, int bytes)
    {
        var body = new byte[bytes];
        await context.Request.Body.ReadExactlyAsync(body);
        using var request = Request(context, new CutContent(body, context.Request.ContentLength!.Value));
        try
        {
            using var response = await _client.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // That is the cut.
        }

        context.Abort();
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    public static Task Drop(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>Half of the answer's body, and then nothing more.</summary>
    public async Task TruncateAsync(HttpContext context)
    {
        await HalveAsync(context);
        context.Abort();
    }

    /// <summary>Half of the answer's body, and then silence.</summary>
    public async Task StallAsync(HttpContext context)
    {
        await HalveAsync(context);
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HalveAsync(HttpContext context)
    {
        using var response = await _client.SendAsync(Request(context, null));
        CopyHead(response, context);
        var body = await response.Content.ReadAsByteArrayAsync();
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
    }

    private async Task PassAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (await Fault(context))
        {
            return;
        }

        var hasBody = context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0;
        using var request = Request(context, hasBody ? new StreamContent(context.Request.Body) : null);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        CopyHead(response, context);
        if (Alter is null)
        {
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        var body = Alter(context, await response.Content.ReadAsByteArrayAsync());
        if (context.Request.Method != "HEAD")
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        }
    }

    /// <summary>With the proxy's own name as host, so that the registry's locations lead back here.</summary>
    private HttpRequestMessage Request(HttpContext context, HttpContent? content)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_registry, context.Request.Path + context.Request.QueryString.Value)) { Content = content };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!Hops.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return request;
    }

    private static void CopyHead(HttpResponseMessage response, HttpContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!Hops.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }
    }
}
