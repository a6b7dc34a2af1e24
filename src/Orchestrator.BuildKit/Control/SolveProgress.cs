namespace Orchestrator.BuildKit.Control;

/// <summary>News of a build. The same step is told again and again; the last word holds.</summary>
public abstract record SolveProgress;
