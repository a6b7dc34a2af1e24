using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Testing;

/// <summary>
/// A real registry (Debian's docker-registry) as a child process with a storage of its own, which survives being killed. It listens on the loopback
/// address, in the network of this process.
/// </summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    public const string User = "somebody";
    public const string Password = "se:cret+/=";

    /// <summary>bcrypt, the only form that the registry knows, of <see cref="Password"/>.</summary>
    private const string PasswordHash = "$2a$05$abcdefghijklmnopqrstuultlSnLYUwj4WK6yX0zEVHVyKNdqqaYW";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("orc-registry-").FullName;
    private readonly string _program;
    private readonly ConcurrentQueue<string> _requests = [];
    private Process? _process;

    private TestRegistry(string program, int port) => (_program, Port) = (program, port);

    public int Port { get; }

    /// <summary>As in references.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>Where the registry keeps its content.</summary>
    public string Storage => Path.Join(_folder, "data");

    /// <summary>A line for each request, in the form of web servers: <c>… "GET /v2/… HTTP/1.1" 200 1234 "" "docker/28"</c>. Empty unless it was started so.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Without a registry's program, the test says so and counts as skipped; in CI that is a failure.</summary>
    /// <param name="basic">Wants <see cref="User"/> and <see cref="Password"/>.</param>
    /// <param name="tls">PEM of certificate and key.</param>
    /// <param name="clients">PEM of the authorities of clients, which then must have a certificate.</param>
    /// <param name="token">Further lines of the configuration's <c>auth</c> section.</param>
    /// <param name="logsRequests">Fills <see cref="Requests"/>.</param>
    /// <param name="deletes">Whether anything can be deleted.</param>
    public static async Task<TestRegistry> StartAsync(bool basic = false, (string Certificate, string Key)? tls = null, string? clients = null, string? token = null, bool logsRequests = false, bool deletes = true)
    {
        var registry = new TestRegistry(Find(), FreePort());
        await registry.WriteConfigurationAsync(basic, tls, clients, token, logsRequests, deletes);
        await registry.StartAgainAsync();
        return registry;
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Starts it with what it had before.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(_program, ["serve", Path.Join(_folder, "config.yml")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        _process = Process.Start(start)!;
        var said = new StringBuilder();
        _process.OutputDataReceived += (_, line) => Hear(said, line.Data);
        _process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || clock.Elapsed > StartTime)
            {
                Assert.Fail($"the registry did not start: {said}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>As the power does: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(StringBuilder said, string? line)
    {
        if (line?.Contains(" HTTP/1.", StringComparison.Ordinal) == true)
        {
            _requests.Enqueue(line);
        }
        else
        {
            said.AppendLine(line);
        }
    }

    private static string Find()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Join(folder, "docker-registry")).FirstOrDefault(File.Exists);
        if (found is null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail("CI has no registry: docker-registry is not on the PATH");
        }

        if (found is null)
        {
            Assert.Ignore("no registry here: build/test starts it, or eval \"$(build/engine tools)\"");
        }

        return found!;
    }

    private async Task WriteConfigurationAsync(bool basic, (string Certificate, string Key)? tls, string? clients, string? token, bool logsRequests, bool deletes)
    {
        var text = new StringBuilder($"""
            version: 0.1
            log: {"{"} level: error, accesslog: {"{"} disabled: {(logsRequests ? "false" : "true")} {"}"} {"}"}
            storage:
              filesystem: {"{"} rootdirectory: {Storage} {"}"}
              delete: {"{"} enabled: {(deletes ? "true" : "false")} {"}"}
            http:
              addr: {Host}
              secret: one for all starts

            """);
        if (tls is { } pair)
        {
            var (certificate, key) = (Path.Join(_folder, "tls.crt"), Path.Join(_folder, "tls.key"));
            await File.WriteAllTextAsync(certificate, pair.Certificate);
            await File.WriteAllTextAsync(key, pair.Key);
            var authorities = Path.Join(_folder, "clients.crt");
            await File.WriteAllTextAsync(authorities, clients ?? "");
            text.Append($"  tls: {{ certificate: {certificate}, key: {key}{(clients is null ? "" : $", clientcas: [{authorities}]")} }}\n");
        }

        if (basic)
        {
            var file = Path.Join(_folder, "htpasswd");
            await File.WriteAllTextAsync(file, $"{User}:{PasswordHash}\n");
            text.Append($"auth:\n  htpasswd: {{ realm: test, path: {file} }}\n");
        }

        text.Append(token is null ? "" : $"auth:\n{token}\n");
        await File.WriteAllTextAsync(Path.Join(_folder, "config.yml"), text.ToString());
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
