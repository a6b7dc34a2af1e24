using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// A real registry (Debian's docker-registry) on the loopback address of an engine: engines of <c>build/engine</c> have a network of their own, and their pid lies
/// beside their socket.
/// </summary>
internal sealed class EngineRegistry : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-registry-").FullName;
    private readonly int _port = FreePort();
    private readonly string _pid;
    private Process? _process;

    private EngineRegistry(string pid) => _pid = pid;

    /// <summary>As in references.</summary>
    public string Host => $"127.0.0.1:{_port}";

    /// <summary>Without a registry's program, or with an engine that is not ours, the test says so and counts as skipped; in CI that is a failure.</summary>
    public static async Task<EngineRegistry> StartAsync(string engineHost)
    {
        var socket = new FileInfo(engineHost["unix://".Length..]);
        var pid = Path.Join((socket.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? socket).DirectoryName, "dockerd.pid");
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Join(folder, "docker-registry")));
        if (!isThere || !File.Exists(pid))
        {
            const string Reason = "no registry for this engine: it takes docker-registry on the PATH (build/engine tools) and an engine of build/engine";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Reason);
            }

            Assert.Ignore(Reason);
        }

        var registry = new EngineRegistry((await File.ReadAllTextAsync(pid)).Trim());
        await registry.StartAgainAsync();
        return registry;
    }

    /// <summary>Starts it with what it had before.</summary>
    public async Task StartAgainAsync()
    {
        var configuration = Path.Join(_folder, "config.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage:
              filesystem: { rootdirectory: {{Path.Join(_folder, "data")}} }
            http:
              addr: {{Host}}

            """);
        var start = new ProcessStartInfo("nsenter", ["--target", _pid, "--net", "docker-registry", "serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await ListensAsync())
        {
            Assert.That(_process.HasExited || clock.Elapsed > StartTime, Is.False, "the registry did not start");
            await Task.Delay(50);
        }
    }

    public async Task StopAsync()
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
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The kernel's table of the engine's network says who listens there; state 0A.</summary>
    private async Task<bool> ListensAsync()
    {
        var address = "0100007F:" + _port.ToString("X4", CultureInfo.InvariantCulture);
        return (await File.ReadAllLinesAsync($"/proc/{_pid}/net/tcp")).Any(line => line.Contains($" {address} ", StringComparison.Ordinal) && line.Contains(" 0A ", StringComparison.Ordinal));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
