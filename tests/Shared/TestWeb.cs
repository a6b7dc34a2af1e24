using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Testing;

/// <summary>A web server on the loopback address: files that a test writes and changes, and the files of a folder, such as a repository of git as plain files.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string? _folder;

    private TestWeb(WebApplication application, string? folder) => (_application, _folder) = (application, folder);

    public int Port => new Uri(Url).Port;

    /// <summary>Without a slash at its end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>By their paths, which begin with a slash.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that were asked for, with what is behind the question mark.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What the header Authorization has to be; null: anything.</summary>
    public string? Authorization { get; set; }

    public static async Task<TestWeb> StartAsync(string? folder = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var web = new TestWeb(application, folder);
        application.Run(web.AnswerAsync);
        await application.StartAsync();
        web.Url = application.Urls.Single();
        return web;
    }

    public void Write(string path, byte[] content) => Pages[path] = context => context.Response.Body.WriteAsync(content).AsTask();

    /// <summary>Can be called again.</summary>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Asked.Enqueue(context.Request.GetEncodedPathAndQuery());
        if (Authorization is { } wanted && context.Request.Headers.Authorization != wanted)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
        }
        else if (Pages.TryGetValue(path, out var page))
        {
            await page(context);
        }
        else if (_folder is not null && Path.Join(_folder, path) is var file && File.Exists(file))
        {
            await context.Response.SendFileAsync(file);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
