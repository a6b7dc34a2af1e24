using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.State;

namespace Orchestrator.Locking;

/// <summary>
/// The file <c>images.lock</c> beside a graph file: what the graph's external references stand for (design: lock). Where there is none, references float: each
/// run takes what they stand for then. Knows no engine and no registry.
/// </summary>
internal sealed class LockFile
{
    private const string FileName = "images.lock";

    private readonly ILookup<ImageReference, Pin> _pins;
    private readonly Dictionary<RemoteSource, RemotePin> _remotes;

    /// <param name="path">Absolute.</param>
    /// <param name="pins">No reference has two for one platform.</param>
    /// <param name="remotes">No source has two.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public LockFile(string path, IReadOnlyList<Located<Pin>> pins, IReadOnlyList<Located<RemotePin>> remotes, bool exists)
    {
        (Path, Pins, Remotes, Exists) = (path, pins, remotes, exists);
        _remotes = remotes.ToDictionary(pin => pin.Value.Source, pin => pin.Value);
        _pins = pins.ToLookup(pin => pin.Value.Source, pin => pin.Value);
    }

    /// <summary>Pins nothing, and is nowhere.</summary>
    public static LockFile None { get; } = new("", [], [], exists: false);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    public bool Exists { get; }

    public IReadOnlyList<Located<Pin>> Pins { get; }

    /// <summary>Files and repositories of the network.</summary>
    public IReadOnlyList<Located<RemotePin>> Remotes { get; }

    /// <summary>An image may have several, from branches that were merged: the last one counts.</summary>
    public IReadOnlyList<Refresh> Refreshes { get; init; } = [];

    /// <returns>Null when the file cannot be used; that was reported. Without a file, a lock that pins nothing.</returns>
    public static LockFile? Read(string graphFile, DiagnosticBag diagnostics)
    {
        var path = System.IO.Path.Join(System.IO.Path.GetDirectoryName(graphFile), FileName);
        try
        {
            return File.Exists(path) ? LockReader.Read(path, File.ReadAllText(path), diagnostics) : new LockFile(path, [], [], exists: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.BrokenLock.At(new SourceSpan(path), exception.Message));
            return null;
        }
    }

    /// <summary>What a reference stands for on a platform; null when that is not locked.</summary>
    public Pin? Find(ImageReference source, string platform) => _pins[source].FirstOrDefault(pin => pin.Platform is null || pin.Platform == platform);

    /// <summary>What a file or repository stands for; null when that is not locked.</summary>
    public RemotePin? Find(RemoteSource source) => _remotes.GetValueOrDefault(source);

    /// <summary>When an image was to be built anew last; null when never.</summary>
    public string? RefreshOf(string image)
    {
        string? last = null;
        foreach (var refresh in Refreshes)
        {
            last = refresh.Image == image && string.CompareOrdinal(refresh.Stamp, last) > 0 ? refresh.Stamp : last;
        }

        return last;
    }

    /// <summary>Replaces the file as a whole, unless it is as it should be.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(IReadOnlyList<Pin> pins, IReadOnlyList<RemotePin> remotes, IReadOnlyList<Refresh> refreshes)
    {
        var text = LockText.Write(pins, remotes, refreshes);
        if (Exists ? File.ReadAllText(Path) == text : pins.Count + remotes.Count + refreshes.Count == 0)
        {
            return;
        }

        WholeFile.Write(Path, Encoding.UTF8.GetBytes(text));
    }
}
