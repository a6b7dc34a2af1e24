namespace Orchestrator.Tool.Doctor;

/// <summary>What an observation means for building.</summary>
internal enum Verdict
{
    /// <summary>As it should be, or simply so.</summary>
    Fine,

    /// <summary>Something works less well, or not everywhere.</summary>
    Warning,

    /// <summary>Nothing can be built, or what was configured does not work.</summary>
    Error,
}
