using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// Serves exactly what was hashed: the planned entries, and each file's bytes only if they still have the planned hash.
/// A file that differs stops the transfer, so an image never holds what its key does not cover.
/// </summary>
internal sealed class PlannedTree : ISyncTree
{
    private const string IgnoreFileName = ".dockerignore";

    private readonly ISyncTree _disk;
    private readonly ContextRequest _planned;
    private readonly Dictionary<string, List<SyncEntry>> _children = new(StringComparer.Ordinal) { [""] = [] };
    private readonly Dictionary<string, ContextEntry> _files = new(StringComparer.Ordinal);

    public PlannedTree(ContextSnapshot snapshot)
    {
        _disk = snapshot.Request.Source.Open();
        _planned = snapshot.Request;
        foreach (var planned in snapshot.Entries)
        {
            var entry = planned.Entry;
            var slash = entry.Path.LastIndexOf('/');
            var parent = slash < 0 ? "" : entry.Path[..slash];
            if (!_children.TryGetValue(parent, out var siblings))
            {
                _children.Add(parent, siblings = []);
            }

            siblings.Add(entry);
            if (!planned.Hash.IsNone)
            {
                _files.Add(entry.Path, planned);
            }
        }
    }

    public IReadOnlyList<SyncEntry> List(string directory) => _children.TryGetValue(directory, out var entries) ? entries : [];

    public Stream OpenRead(SyncEntry entry)
    {
        try
        {
            var planned = _files[entry.Path];
            return new VerifyingStream(_disk.OpenRead(planned.OnDisk), entry, planned.Hash);
        }
        catch (SyncTreeException)
        {
            // It could be read when it was hashed; what is gone or closed now has changed.
            throw new ContextChangedException(entry.Path);
        }
    }

    /// <summary>
    /// A frontend that wants more than was planned would get less than it asked for, without a word. The ignore file is asked for by itself; its effect
    /// is in the plan already.
    /// </summary>
    public void Request(IReadOnlyList<string> followedPaths)
    {
        if (_planned.Paths is not { } paths || followedPaths is [IgnoreFileName] || _planned.Idle.Contains(""))
        {
            return;
        }

        if (followedPaths.Count == 0)
        {
            throw new UnplannedRequestException("everything");
        }

        foreach (var path in followedPaths)
        {
            var clean = PathText.CleanBelowRoot(path);
            if (!paths.Contains(clean, StringComparer.Ordinal) && !_planned.Idle.Contains(clean, StringComparer.Ordinal))
            {
                throw new UnplannedRequestException(path);
            }
        }
    }
}
