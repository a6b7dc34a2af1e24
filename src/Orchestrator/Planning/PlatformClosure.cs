using Orchestrator.Dockerfiles;

namespace Orchestrator.Planning;

/// <summary>A Dockerfile evaluated for one platform: its arguments decide bases, files and steps.</summary>
/// <param name="Platform">In the form that platforms are compared in.</param>
internal sealed record PlatformClosure(string Platform, StageClosure Closure);
