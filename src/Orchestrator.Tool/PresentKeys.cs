using System.Collections.Concurrent;
using Orchestrator.Changes;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.State;
using Orchestrator.Tool.Projects;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>
/// The keys that the images of a graph have now, so that key tags which somebody may look for are told from superseded ones. A key says what images from outside
/// are: agents that have none yet ask registries, and an engine may have others. So the registries are asked, and this machine's engine where there is one.
/// </summary>
/// <param name="keys">Of which some are superseded; what they were built for decides for which platforms keys are computed.</param>
internal sealed class PresentKeys(WorkspaceOptions workspace, IReadOnlyList<PublishedKey> keys, IRunReporter reporter, ToolEnvironment environment)
{
    private readonly List<(string Platform, IReadOnlyDictionary<string, PlannedImage> Images)> _views = [];
    private readonly ConcurrentDictionary<string, RegistryExternals> _asked = new(StringComparer.Ordinal);
    private string _own = Platforms.Default;

    /// <summary>Those of the keys that the graph certainly does not have now. Tells which ones stay because nobody knows.</summary>
    /// <param name="graph">As it was read without an engine.</param>
    /// <param name="diagnostics">Receives why nothing can be said; then none is returned.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<PublishedKey>> WithoutAsync(LoadedGraph graph, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        using var held = await HeldGraph.TakeToCompareAsync(graph, workspace with { Projects = ProjectStep.Publish }, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        if (held.Graph is not { } current || LockFile.Read(current.Graph.Graph.File, diagnostics) is not { } locked)
        {
            return [];
        }

        using var registries = RegistryAccess.OpenBriefly(connection, environment, new SourceSpan(current.Graph.Graph.File), diagnostics);
        if (registries is null)
        {
            return [];
        }

        _own = connection?.Platform ?? _own;
        var state = new GraphState(environment.StateDirectory, current.Graph.Graph.File);
        var contexts = new ContextReader(StatCache.Open(state, environment.MachineName, TimeProvider.System));
        var proxies = connection?.Proxies ?? EngineConnection.FindProxies(environment);
        foreach (var platform in keys.SelectMany(key => key.Build.Platforms).Append(_own).Distinct(StringComparer.Ordinal))
        {
            var loaded = Workspace.Load(current.Graph.Graph, current.Wanted, platform, new DiagnosticBag());
            var computed = new ImageKeys(platform, proxies, contexts, locked, new WholeContexts(state));
            foreach (var find in loaded is null ? [] : Finders(platform, locked, registries, connection, cancellationToken))
            {
                _views.Add((platform, await ComputeAsync(loaded!, computed, locked, find, cancellationToken).ConfigureAwait(false)));
            }
        }

        var names = current.Graph.Graph.Images.Select(image => image.Name).ToHashSet(StringComparer.Ordinal);
        var known = keys.ToLookup(key => !names.Contains(key.Build.Image!) || IsKnown(key));
        foreach (var image in known[false].GroupBy(key => key.Build.Image!, StringComparer.Ordinal))
        {
            reporter.Say($"kept {image.Count()} key tags of {image.Key} that newer builds superseded, for the key that it has now cannot be told: {WhyUnknown(image.Key)}");
        }

        return [.. known[true].Where(key => !Of(key.Build.Image!).Any(image => image.Key is { } present && KeyTag.Tag(present) == key.Reference.Tag))];
    }

    private async Task<EngineConnection?> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await EngineConnection.OpenAsync(environment, EngineMissing.Skip, new DiagnosticBag(), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            // An engine that does not say what it is tells as much as none.
            return null;
        }
    }

    /// <summary>Ways to look up images from outside: as on an agent that has none of them, and as on this machine's engine.</summary>
    private IEnumerable<Func<ResolvedGraph, Task<IReadOnlyDictionary<ImageReference, ExternalImage>>>> Finders(
        string platform, LockFile locked, Registries registries, EngineConnection? connection, CancellationToken cancellationToken)
    {
        FindExternal Ask(string wanted) => _asked.GetOrAdd(wanted, name => new RegistryExternals(registries, name)).FindAsync;
        yield return graph => new UnheldExternals(Ask, locked, platform).FindAsync(graph, cancellationToken);
        if (connection?.Platform == platform)
        {
            yield return graph => GraphExternals.FindAsync(graph, connection, locked, new PlanOptions(), _ => Ask(platform), _ => false, reporter, cancellationToken);
        }
    }

    /// <returns>By the images' names; those whose key is not certain have none.</returns>
    private async Task<IReadOnlyDictionary<string, PlannedImage>> ComputeAsync(
        LoadedGraph loaded, ImageKeys keys, LockFile locked, Func<ResolvedGraph, Task<IReadOnlyDictionary<ImageReference, ExternalImage>>> find, CancellationToken cancellationToken)
    {
        var images = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        try
        {
            if (await loaded.WithExternalsAsync(find, new DiagnosticBag()).ConfigureAwait(false) is var (graph, externals))
            {
                keys.ReadContexts(graph, cancellationToken);
                foreach (var image in keys.All(graph, externals, new DiagnosticBag(), cancellationToken).Values)
                {
                    images.Add(image.Name, WhyNotAsked(image.Image, locked) is { } trouble ? image with { Key = null, Reason = trouble }
                        : GraphKeys.UnknownBase(image.Image, externals) is { } unknown ? image with { Key = null, Reason = $"nobody here tells what base image `{unknown.Source.Familiar}` is" }
                        : image.Image.Bases.FirstOrDefault(name => images[name].Key is null) is { } parent ? image with { Key = null, Reason = images[parent].Reason }
                        : image);
                }
            }
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException or DockerConfigurationException)
        {
            // An engine that does not answer tells as much as none.
        }

        return images;
    }

    /// <summary>
    /// Why the registry of an image from outside could not be asked; null when it was, or need not be. What this machine's engine has under such a name may be
    /// another image than agents get; not where the lock or the name itself says which it is.
    /// </summary>
    private string? WhyNotAsked(ResolvedImage image, LockFile locked) =>
        (from use in image.Externals
         where use.Source.Digest is null
         from asked in _asked
         where locked.Find(use.Source, asked.Key) is null
         let why = asked.Value.NotAsked.GetValueOrDefault(use.Source with { Tag = null, Digest = null })
         where why is not null
         select $"nobody here tells what `{use.Source.Familiar}` is. {why}").FirstOrDefault();

    private IEnumerable<PlannedImage> Of(string image) => _views.Select(view => view.Images.GetValueOrDefault(image)).OfType<PlannedImage>();

    /// <summary>The key of an image for several platforms is computed for a build on each of them, and hardly ever another one there.</summary>
    private bool IsKnown(PublishedKey key)
    {
        var platform = key.Build.Platforms is [var single] ? single : _own;
        return _views.Exists(view => view.Platform == platform && view.Images.GetValueOrDefault(key.Build.Image!)?.Key is not null);
    }

    private string WhyUnknown(string image) => Of(image).FirstOrDefault(planned => planned.Key is null)?.Reason ?? "it is not among the images that were named, or its files cannot be read";
}
