using Orchestrator.Building;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>The images from outside that a graph is built on.</summary>
internal static class GraphExternals
{
    /// <summary>What the engine has of the images from outside; their registries are asked and they are pulled where that is said.</summary>
    /// <param name="ask">How to ask the registry of one; null where it must not be.</param>
    /// <param name="pulls">Whether one that is not here and unknown is pulled.</param>
    public static Task<IReadOnlyDictionary<ImageReference, ExternalImage>> FindAsync(
        ResolvedGraph graph, EngineConnection connection, LockFile locked, PlanOptions options, Func<ImageReference, FindExternal?> ask, Func<ImageReference, bool> pulls, IBuildReporter reporter, CancellationToken cancellationToken)
    {
        var sources = graph.Images.SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        var always = options.Pull ? sources : graph.Images.Where(image => image.Node.Build.Pull).SelectMany(image => image.Externals.Select(use => use.Source)).ToHashSet();
        // Of an image for another platform the key has the engine's ID, which no registry knows.
        var others = graph.Images.SelectMany(image => image.Externals).Where(use => use.IsOtherPlatform).Select(use => use.Source).ToHashSet();
        return new ExternalImages(connection.Engine, new EnginePull(connection.Engine, connection.Credentials, reporter), locked, connection.Platform) { Platforms = graph.Images.SelectMany(image => image.Externals).ToLookup(use => use.Source, use => use.Platform) }.FindAsync(
            sources, source => others.Contains(source) ? null : ask(source), pulls, options.PullMissing ? always : new HashSet<ImageReference>(), cancellationToken);
    }
}
