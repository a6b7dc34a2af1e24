namespace Orchestrator.State;

/// <summary>Whether the folder of what is remembered takes anything: its disk may be full, or it may not be writable. Remembering does without; publishing projects does not.</summary>
internal static class StateRoom
{
    /// <summary>Bytes. About what a small project's output has: with less, whatever failed has probably failed for the want of room.</summary>
    private const int Wanted = 1024 * 1024;

    /// <returns>In the system's words why it takes nothing; null when it does.</returns>
    public static string? Trouble(string directory)
    {
        try
        {
            var probe = Path.Join(directory, $"room-{Guid.NewGuid():N}");
            WholeFile.Write(probe, new byte[Wanted]);
            WholeFile.Remove(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
