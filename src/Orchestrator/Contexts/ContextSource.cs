using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>A directory as a build sees it: the directory itself, with other paths of the repository laid over it.</summary>
/// <param name="Directory">Absolute.</param>
/// <param name="Overlays">Path in the context, and the absolute path that stands there.</param>
internal sealed record ContextSource(string Directory, IReadOnlyList<KeyValuePair<string, string>> Overlays)
{
    private readonly string _places = Overlays.Count == 0 ? Directory : Directory + "\0" + string.Join('\0', Overlays.Select(overlay => $"{overlay.Key}\0{overlay.Value}"));

    /// <summary>Permissions are those on disk.</summary>
    public bool KeepsModes { get; init; }

    /// <summary>Equal for equal sources.</summary>
    public string Identity => KeepsModes ? _places + "\0\0modes" : _places;

    public static ContextSource Plain(string directory) => new(directory, []);

    /// <summary>Where an entry really is.</summary>
    /// <param name="path">Relative to the context.</param>
    public string PathOf(string path)
    {
        var (place, real) = Overlays.FirstOrDefault(overlay => path == overlay.Key || path.StartsWith(overlay.Key + "/", StringComparison.Ordinal));
        return place is null ? Path.Join(Directory, path) : real + path[place.Length..];
    }

    public ISyncTree Open()
    {
        DirectoryTree At(string directory) => new(directory, KeepsModes);
        return Overlays.Count == 0 ? At(Directory) : new OverlayTree(Directory, Overlays, At);
    }
}
