namespace Orchestrator.Fixing;

/// <summary>All files that a fix touches, each opened once.</summary>
internal sealed class FileDrafts
{
    private readonly OrderedDictionary<string, FileDraft> _drafts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlLayout> _layouts = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were first touched.</summary>
    public IReadOnlyList<FileDraft> Changed => [.. _drafts.Values.Where(draft => draft.IsChanged)];

    /// <summary>What changed files will hold, by absolute path.</summary>
    public IReadOnlyDictionary<string, string> Texts => Changed.ToDictionary(draft => draft.Path, draft => draft.Result, StringComparer.Ordinal);

    public FileDraft Open(string path)
    {
        if (!_drafts.TryGetValue(path, out var draft))
        {
            draft = FileDraft.Open(path);
            _drafts.Add(path, draft);
        }

        return draft;
    }

    /// <summary>How a YAML file is laid out, as it is.</summary>
    public YamlLayout Layout(string path)
    {
        if (!_layouts.TryGetValue(path, out var layout))
        {
            layout = YamlLayout.Of(Open(path));
            _layouts.Add(path, layout);
        }

        return layout;
    }

    public void Add(FileDraft created) => _drafts.Add(created.Path, created);

    public void Add(IEnumerable<FileEdit> edits)
    {
        foreach (var edit in edits)
        {
            Open(edit.Path).Add(edit.Edit);
        }
    }
}
