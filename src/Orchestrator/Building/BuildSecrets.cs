using System.Net.Sockets;
using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

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

        var name = secret?.EnvironmentVariable ?? secret?.Id;
        return name is not null && (environment.GetValueOrDefault(name) ?? secret!.Variables.Find(name)) is { } value ? Encoding.UTF8.GetBytes(value) : null;
    }

    /// <summary>A secret whose file is not there: the builder would leave it out, and a step that can do without would make another image. Null when all are.</summary>
    public static Diagnostic? Obstacle(PlannedImage planned) =>
        planned.Image.Node.Build.Secrets.FirstOrDefault(secret => secret.Value.File is { } file && !File.Exists(file)) is { } missing
            ? Rules.SecretMissing.At(missing.Span, missing.Value.Id, planned.Image.Node.DisplayName, $"the file '{missing.Value.File}' does not exist.")
            : null;

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
