namespace Orchestrator.Diagnostics;

/// <summary>Collects the findings of one reading, so that a person sees all of them in one go.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    public IReadOnlyList<Diagnostic> Items => _items;

    public bool HasErrors => _items.Exists(item => item.Severity == Severity.Error);

    public void Add(Diagnostic diagnostic)
    {
        if (!_items.Contains(diagnostic))
        {
            _items.Add(diagnostic);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }
}
