namespace Orchestrator.BuildKit.FileSync;

/// <summary>A directory cannot be sent as it is: something is unreadable, or changed meanwhile. Blast radius: one transfer.</summary>
public class SyncTreeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A sentence that names the path; the daemon shows it too.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public SyncTreeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static SyncTreeException Changed(string path, Exception? innerException = null) =>
        new($"{path} changed while it was sent", innerException);
}
