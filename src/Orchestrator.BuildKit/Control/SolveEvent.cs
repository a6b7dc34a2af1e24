namespace Orchestrator.BuildKit.Control;

/// <summary>Something that the daemon tells about a running build.</summary>
public abstract record SolveEvent;
