using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Testing;

/// <summary>
/// Gives out tokens that the real registry accepts: signed with a key whose certificate the registry was told to trust
/// (https://distribution.github.io/distribution/spec/auth/jwt/).
/// </summary>
internal sealed class TestTokenServer : IAsyncDisposable
{
    public const string User = "somebody";
    public const string Password = "se:cret+/=";
    public const string RefreshToken = "refresh-me";
    private const string Service = "test registry";
    private const string Issuer = "test issuer";

    private readonly WebApplication _application;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly string _folder = Directory.CreateTempSubdirectory("orc-token-").FullName;

    private TestTokenServer(WebApplication application)
    {
        _application = application;
        _certificate = new CertificateRequest("CN=tokens", _key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllText(Bundle, _certificate.ExportCertificatePem());
    }

    /// <summary>Lines for the registry's configuration.</summary>
    public string Configuration => $"  token: {{ realm: \"{Address}/token\", service: {Service}, issuer: {Issuer}, rootcertbundle: {Bundle} }}";

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What each token was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Whether nobody in particular may pull.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether a token for more than pulling is refused as a whole, where the specification wants one for less.</summary>
    public bool RefusesPush { get; set; }

    /// <summary>
    /// How long the registry accepts a token, while the client is told five minutes. The registry allows for clocks that differ by a minute.
    /// </summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Fails the first requests with this status.</summary>
    public Queue<int> Failures { get; } = [];

    private string Bundle => Path.Join(_folder, "bundle.pem");

    public static async Task<TestTokenServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new TestTokenServer(application);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>A token without being asked for it.</summary>
    public string Issue(params string[] scopes) => Sign(scopes, _ => true);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Failures.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            return;
        }

        var form = context.Request.Method == "POST" ? await context.Request.ReadFormAsync() : null;
        var isKnown = form is null
            ? context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))
            : form["refresh_token"] == RefreshToken && form["grant_type"] == "refresh_token";
        if (!isKnown && !(IsPublic && context.Request.Headers.Authorization.Count == 0))
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync("""{"details":"incorrect username or password"}""");
            return;
        }

        var scopes = form is null ? context.Request.Query["scope"].OfType<string>().ToList() : [.. form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Asked.Enqueue(string.Join(' ', scopes));
        if (RefusesPush && scopes.Exists(scope => scope.Contains("push", StringComparison.Ordinal)))
        {
            context.Response.StatusCode = 403;
            return;
        }

        var token = Sign(scopes, action => isKnown || action == "pull");
        await context.Response.WriteAsync(JsonSerializer.Serialize(form is null ? new { token, expires_in = 300 } : (object)new { access_token = token, expires_in = 300 }));
    }

    private string Sign(IEnumerable<string> scopes, Predicate<string> isAllowed)
    {
        var access = scopes.Select(scope => scope.Split(':')).Select(part => new { type = part[0], name = part[1], actions = part[2].Split(',').Where(action => isAllowed(action)) });
        const int Leeway = 60;
        var now = TimeProvider.System.GetUtcNow();
        var end = (now + Life).ToUnixTimeSeconds() - Leeway;
        var head = JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "ES256", x5c = new[] { Convert.ToBase64String(_certificate.RawData) } });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            sub = User,
            aud = Service,
            exp = end,
            nbf = now.AddMinutes(-5).ToUnixTimeSeconds(),
            iat = now.AddMinutes(-5).ToUnixTimeSeconds(),
            jti = Guid.NewGuid().ToString("N"),
            access,
        });
        var text = $"{Base64(head)}.{Base64(claims)}";
        return $"{text}.{Base64(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
