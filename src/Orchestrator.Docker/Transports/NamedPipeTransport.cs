using System.IO.Pipes;

namespace Orchestrator.Docker.Transports;

/// <summary>A Windows named pipe, written <c>//server/pipe/name</c>.</summary>
internal sealed class NamedPipeTransport : ITransport
{
    private const string PipesOfThisMachine = @"\\.\pipe\";

    /// <summary>A pipe that is busy gets free in milliseconds.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private const string NoSuchPipe = "there is no such pipe, or nobody answers; is the engine running?";

    private readonly string _server;
    private readonly string _name;

    /// <exception cref="DockerConfigurationException">The path is not that of a pipe.</exception>
    public NamedPipeTransport(string path, string origin)
    {
        var parts = path.Replace('\\', '/').Split('/', 5);
        if (parts is not ["", "", { Length: > 0 } server, "pipe", { Length: > 0 } name])
        {
            throw new DockerConfigurationException($"The Docker address 'npipe://{path}' from {origin} cannot be used: expected npipe:////./pipe/name.");
        }

        (_server, _name) = (server, name);
    }

    public string Host => TransportChoice.LocalHost;

    public int ConnectionLimit => TransportChoice.ConnectionLimit;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (IsMissing())
        {
            throw new TransportException(NoSuchPipe);
        }

        var pipe = new NamedPipeClientStream(_server, _name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(ConnectTimeout, cancellationToken);
            return pipe;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or UnauthorizedAccessException)
        {
            await pipe.DisposeAsync();
            throw new TransportException(Reason(exception), exception);
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    /// <summary>.NET waits for a pipe that does not exist as for one that is busy. To open it in order to see would take a place of the server's.</summary>
    private bool IsMissing()
    {
        try
        {
            return OperatingSystem.IsWindows() && _server == "." && !Directory.EnumerateFiles(PipesOfThisMachine).Any(path => path.EndsWith('\\' + _name.Replace('/', '\\'), StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        TimeoutException => NoSuchPipe,
        UnauthorizedAccessException => "permission denied on the pipe; is the user in group docker-users?",
        _ => exception.Message,
    };
}
