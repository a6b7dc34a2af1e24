namespace Orchestrator.Tool;

/// <summary>Something that was said on standard output could not be written. What the command did besides is done.</summary>
/// <param name="cause">Why the first of it was not.</param>
internal sealed class OutputLostException(IOException cause) : IOException(cause.Message, cause);
