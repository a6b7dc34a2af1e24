namespace Orchestrator.Dockerfiles;

/// <summary>What a flag takes.</summary>
internal enum FlagForm
{
    /// <summary>Nothing, <c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>A value, once.</summary>
    Once,

    /// <summary>A value, any number of times.</summary>
    Many,
}
