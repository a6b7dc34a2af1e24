namespace Orchestrator.Registry;

/// <summary>No conversation with the registry was possible, it broke off, or it took too long. The message names the registry.</summary>
public sealed class RegistryUnreachableException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it may pass by itself; a certificate that nobody trusts does not.</summary>
    public bool IsTransient { get; } = isTransient;
}
