using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Asks an external image's registry what it is, without fetching it.</summary>
/// <param name="reference">With a tag, or by digest.</param>
/// <returns>Null when that cannot be found out for certain; then an engine has to pull it.</returns>
internal delegate Task<RegistryExternal?> FindExternal(ImageReference reference, CancellationToken cancellationToken);
