using Orchestrator.Dockerfiles;
using Orchestrator.Locking;

namespace Orchestrator.Planning;

/// <summary>A file or repository that ADD fetches, and what the lock pins it to.</summary>
internal sealed record LockedUse(RemoteUse Use, RemotePin Pin);
