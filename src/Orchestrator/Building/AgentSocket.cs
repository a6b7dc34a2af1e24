using System.IO.Pipes;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Orchestrator.Building;

/// <summary>Where an ssh agent listens: a Unix socket, or a named pipe on Windows.</summary>
internal static partial class AgentSocket
{
    /// <summary>Of the agent that is a part of Windows; nobody sets a variable for it.</summary>
    private const string WindowsAgent = @"\\.\pipe\openssh-ssh-agent";

    /// <summary>A pipe that is busy gets free in milliseconds; one that does not exist is waited for as well.</summary>
    private static readonly TimeSpan PipeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The agent of this user; null when none is known.</summary>
    public static string? Usual(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("SSH_AUTH_SOCK") is { Length: > 0 } path ? path : OperatingSystem.IsWindows() ? WindowsAgent : null;

    /// <exception cref="IOException">No agent answers there; the message says why, as the end of a sentence.</exception>
    public static Task<Stream> OpenAsync(string path, CancellationToken cancellationToken) =>
        OperatingSystem.IsWindows() && Pipe().Match(path) is { Success: true } pipe
            ? OpenPipeAsync(path, pipe.Groups["server"].Value, pipe.Groups["name"].Value, cancellationToken)
            : OpenSocketAsync(path, cancellationToken);

    private static async Task<Stream> OpenPipeAsync(string path, string server, string name, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(server, name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(PipeTimeout, cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch (Exception exception) when (exception is TimeoutException or UnauthorizedAccessException)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new IOException(exception is TimeoutException ? $"there is no pipe '{path}', or nobody answers at it" : $"permission is denied on the pipe '{path}'", exception);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Stream> OpenSocketAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            throw new IOException(exception is SocketException refused ? Reason(refused, path) : $"the path '{path}' is too long for a socket", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>.NET reports a missing socket as "address not available", which helps nobody.</summary>
    private static string Reason(SocketException exception, string path) => exception.SocketErrorCode switch
    {
        _ when new FileInfo(path) is { Exists: true, Length: > 0 } => $"'{path}' is a file; keys in files are not supported yet, so add the key to an agent and give the agent's socket",
        SocketError.AccessDenied => $"permission is denied on the socket '{path}'",
        SocketError.ConnectionRefused => $"nobody listens at the socket '{path}'",
        _ when !File.Exists(path) => $"there is no socket '{path}'",
        _ => exception.Message,
    };

    /// <summary>As in BuildKit, either kind of slash may stand there, and several.</summary>
    [GeneratedRegex(@"^[/\\]{2}(?<server>[^/\\]+)[/\\]+pipe[/\\]+(?<name>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pipe();
}
