using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;

namespace Orchestrator.Planning;

/// <summary>Reads what the build of an image can see of its contexts.</summary>
internal sealed class ImageContexts(ContextReader reader, WholeContexts whole)
{
    /// <exception cref="SyncTreeException">Something that the build can see cannot be read.</exception>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public ContextSnapshot Main(ResolvedImage image, CancellationToken cancellationToken)
    {
        var build = image.Node.Build;
        var paths = NeedsEverything(image) ? null : ContextPaths.Of(image.Closure, null);
        var source = new ContextSource(build.Context.Value, [.. build.Overlay.Select(overlay => KeyValuePair.Create(overlay.Key, overlay.Value.Value))]) { KeepsModes = build.KeepsContextModes };
        var request = new ContextRequest(source, image.IgnoreText, paths) { Idle = ContextPaths.Idle(image.Closure) };
        return reader.Read(request, cancellationToken);
    }

    /// <summary>Those that are directories, by name.</summary>
    /// <exception cref="SyncTreeException">Something that the build can see cannot be read.</exception>
    /// <exception cref="FormatException">An ignore pattern is not valid.</exception>
    public IReadOnlyDictionary<string, ContextSnapshot> Named(ResolvedImage image, CancellationToken cancellationToken)
    {
        var snapshots = new Dictionary<string, ContextSnapshot>(StringComparer.Ordinal);
        foreach (var (name, value) in image.Node.Build.AdditionalContexts.Where(context => Path.IsPathRooted(context.Value.Value)))
        {
            var paths = NeedsEverything(image) ? null : ContextPaths.Of(image.Closure, ContextPaths.Familiar(name));
            snapshots.Add(name, reader.Read(new ContextRequest(ContextSource.Plain(value.Value) with { KeepsModes = image.Node.Build.KeepsContextModes }, IgnoreFileReader.Read(Path.Join(value.Value, IgnoreFileReader.Name)), paths), cancellationToken));
        }

        return snapshots;
    }

    private bool NeedsEverything(ResolvedImage image) => whole.Holds(image) || image.HasOtherFrontend;
}
