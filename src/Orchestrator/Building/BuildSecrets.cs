using System.Net.Sockets;
using System.Text;
using Orchestrator.Graph;

namespace Orchestrator.Building;

/// <summary>
/// Finds secrets and ssh agents when a step asks for them. A value exists only on its way to the daemon: it is never logged, hashed or stored.
/// </summary>
internal sealed class BuildSecrets(BuildDefinition build, IReadOnlyDictionary<string, string> environment)
{
    public async Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var secret = build.Secrets.FirstOrDefault(secret => secret.Value.Id == id)?.Value;
        if (secret?.File is { } file)
        {
            return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false) : null;
        }

        return secret is not null && environment.TryGetValue(secret.EnvironmentVariable ?? secret.Id, out var value) ? Encoding.UTF8.GetBytes(value) : null;
    }

    public async Task<Stream?> OpenAgentAsync(string id, CancellationToken cancellationToken)
    {
        var declared = build.Ssh.Select(agent => agent.Value.Split('=', 2)).FirstOrDefault(agent => agent[0] == id);
        var path = declared is null ? null : declared.Length > 1 ? declared[1] : environment.GetValueOrDefault("SSH_AUTH_SOCK");
        if (path is null)
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
