namespace Orchestrator.Diagnostics;

/// <summary>Collects the findings of one reading, each once and in the order of finding, so that a person sees all of them in one go.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<Diagnostic> _seen = [];

    public IReadOnlyList<Diagnostic> Items => _items;

    public bool HasErrors => Errors > 0;

    /// <summary>How many errors there are.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether an error was found within a value, so that what follows from it need not be said.</summary>
    public bool HasErrorIn(SourceSpan value) => _items.Exists(item => item.Severity == Severity.Error && item.Span.File == value.File
        && (item.Span.Line, item.Span.Column).CompareTo((value.Line, value.Column)) >= 0 && (item.Span.Line, item.Span.Column).CompareTo((value.EndLine, value.EndColumn)) <= 0);

    public void Add(Diagnostic diagnostic)
    {
        if (_seen.Add(diagnostic))
        {
            _items.Add(diagnostic);
            Errors += diagnostic.Severity == Severity.Error ? 1 : 0;
        }
    }

    /// <summary>As if nothing had been found.</summary>
    public void Clear()
    {
        _items.Clear();
        _seen.Clear();
        Errors = 0;
    }

    /// <summary>As if no file had been read; what was found of the machine and the engine stays.</summary>
    public void ForgetFiles()
    {
        var kept = _items.Where(item => item.Rule.IsOfTheMachine).ToList();
        Clear();
        AddRange(kept);
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }
}
