namespace Orchestrator.Tool;

/// <summary>What a missing engine means.</summary>
internal enum EngineMissing
{
    /// <summary>A warning, and success.</summary>
    Warn,

    /// <summary>An error.</summary>
    Error,

    /// <summary>Nothing at all.</summary>
    Skip,
}
