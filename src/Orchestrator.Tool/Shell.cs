namespace Orchestrator.Tool;

/// <summary>A shell that can complete what is typed.</summary>
internal enum Shell
{
    /// <summary>GNU bash.</summary>
    Bash,

    /// <summary>Z shell.</summary>
    Zsh,

    /// <summary>The friendly interactive shell.</summary>
    Fish,

    /// <summary>PowerShell on any system.</summary>
    Pwsh,
}
