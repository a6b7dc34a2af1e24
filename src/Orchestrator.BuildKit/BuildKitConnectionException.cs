using System.Net.Sockets;

namespace Orchestrator.BuildKit;

/// <summary>
/// A channel to the daemon could not be opened, was lost, or carries something that is not the protocol. It says nothing about the build;
/// trying again may help. Blast radius: every call on the connection.
/// </summary>
public sealed class BuildKitConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BuildKitConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static bool IsLoss(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or InvalidDataException or ObjectDisposedException;

    internal static BuildKitConnectionException From(string method, Exception exception)
    {
        var cause = exception is HttpRequestException { InnerException: { } inner } ? inner : exception;
        return new BuildKitConnectionException($"The connection to the daemon was lost during {method}: {cause.Message}", exception);
    }
}
