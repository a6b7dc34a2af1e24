using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>What FROM sees: the arguments before the first FROM and those that BuildKit provides.</summary>
internal sealed class GlobalScope
{
    private readonly VariableScope _scope = new(isComplete: true);
    private readonly List<DeclaredArgument> _arguments = [];
    private readonly Dictionary<string, HashSet<string>> _usedByDefault = new(StringComparer.Ordinal);
    private readonly char _escapeToken;

    public GlobalScope(DockerfileDocument document, DockerfileInputs inputs, DiagnosticBag diagnostics)
    {
        _escapeToken = document.EscapeToken;
        foreach (var (name, value) in PlatformArguments.For(inputs, document.Stages[^1].Name))
        {
            _scope.Set(name, value);
        }

        foreach (var assignment in document.MetaArguments.SelectMany(instruction => instruction.Assignments))
        {
            Declare(assignment, inputs, diagnostics);
        }
    }

    public string? Find(string name) => _scope.Find(name);

    public Expansion Expand(string text, ISet<string> used) => _scope.Expand(text, _escapeToken, used);

    /// <summary>The arguments of these names and those that their defaults are made of.</summary>
    public IReadOnlyList<DeclaredArgument> Select(IEnumerable<string> used)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(used);
        while (open.TryPop(out var name))
        {
            if (!names.Add(name))
            {
                continue;
            }

            foreach (var next in _usedByDefault.GetValueOrDefault(name) ?? [])
            {
                open.Push(next);
            }
        }

        return [.. _arguments.Where(argument => names.Contains(argument.Name))];
    }

    private void Declare(Assignment assignment, DockerfileInputs inputs, DiagnosticBag diagnostics)
    {
        var name = assignment.Name.Value;
        var value = inputs.BuildArguments.GetValueOrDefault(name);
        if (value is null && assignment.Value is { } written)
        {
            if (!_usedByDefault.TryGetValue(name, out var used))
            {
                _usedByDefault[name] = used = new HashSet<string>(StringComparer.Ordinal);
            }

            var expansion = Expand(written.Value, used);
            if (expansion.Error is { } error)
            {
                diagnostics.Add(Rules.CannotExpand.At(written.Span, written.Value, error.Message));
            }

            value = expansion.Text;
        }

        if (value is not null)
        {
            _scope.Set(name, value);
        }

        _arguments.Add(new DeclaredArgument(name, assignment.Value?.Value, value ?? _scope.Find(name), null, assignment.Name.Span));
    }
}
