using System.ComponentModel;
using System.Diagnostics;

namespace Orchestrator.Docker.Transports;

/// <summary>
/// <c>ssh host docker system dial-stdio</c>: its standard input and output are the engine's socket. Each stream is a process of its own.
/// </summary>
internal sealed class SshTransport(DockerEndpoint endpoint, string program = "ssh") : ITransport
{
    public string HostHeader => Transport.LocalHost;

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, Arguments(endpoint.Address))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Task.FromResult<Stream>(new ProcessStream(Process.Start(start)!, endpoint.ToString()));
        }
        catch (Win32Exception exception)
        {
            throw new DockerUnreachableException($"{endpoint}: '{program}' cannot be started: {exception.Message}", exception);
        }
    }

    internal static List<string> Arguments(Uri address)
    {
        List<string> arguments = ["-o", "ConnectTimeout=30", "-T"];
        if (address.UserInfo.Length > 0)
        {
            arguments.AddRange(["-l", Uri.UnescapeDataString(address.UserInfo)]);
        }

        if (address.Port > 0)
        {
            arguments.AddRange(["-p", address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["--", address.DnsSafeHost, "docker"]);
        if (address.AbsolutePath is { Length: > 1 } path)
        {
            arguments.Add($"--host=unix://{path}");
        }

        arguments.AddRange(["system", "dial-stdio"]);
        return arguments;
    }
}
