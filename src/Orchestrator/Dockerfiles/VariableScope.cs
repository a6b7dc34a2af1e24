namespace Orchestrator.Dockerfiles;

/// <summary>The variables at one point of a stage, each with whether its value is certain.</summary>
/// <param name="isComplete">A variable that is not here is not set. False while the environment of the base image is unknown.</param>
internal sealed class VariableScope(bool isComplete)
{
    /// <summary>What BuildKit sets when a base image has none.</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);

    public static VariableScope Of(BaseImage? image)
    {
        var scope = new VariableScope(image is { IsComplete: true });
        foreach (var (name, value) in image?.Environment ?? new Dictionary<string, string>())
        {
            scope.Set(name, value);
        }

        if (image is { IsComplete: true } && !image.Environment.ContainsKey("PATH"))
        {
            scope.Set("PATH", DefaultPath);
        }

        return scope;
    }

    public VariableScope Copy()
    {
        var copy = new VariableScope(isComplete);
        foreach (var (name, variable) in _variables)
        {
            copy._variables[name] = variable;
        }

        return copy;
    }

    /// <summary>
    /// The variables that a stage starts with which is built from a stage with these: what the image has is set once more, and so wins over an ARG of that name.
    /// While the image may have more than is known, no other variable is certain.
    /// </summary>
    public VariableScope With(VariableScope image)
    {
        var scope = new VariableScope(isComplete);
        foreach (var (name, variable) in _variables)
        {
            scope._variables[name] = variable with { IsCertain = variable.IsCertain && isComplete };
        }

        foreach (var (name, variable) in image._variables)
        {
            scope._variables[name] = variable;
        }

        return scope;
    }

    /// <summary>As the configuration of an image that is built with these variables.</summary>
    public BaseImage ToImage(IReadOnlyList<string> triggers) =>
        new(_variables.Where(variable => variable.Value.IsCertain).ToDictionary(variable => variable.Key, variable => variable.Value.Value, StringComparer.Ordinal), triggers)
        {
            IsComplete = isComplete && _variables.Values.All(variable => variable.IsCertain),
        };

    public string? Find(string name) => _variables.GetValueOrDefault(name)?.Value;

    public void Set(string name, string value, bool isCertain = true) => _variables[name] = new Variable(value, isCertain);

    /// <param name="used">Receives the names that were looked at.</param>
    public Expansion Expand(string text, char escapeToken, ISet<string>? used = null)
    {
        var isCertain = true;
        var expansion = WordExpander.Expand(text, escapeToken, LookUp);
        isCertain &= expansion.IsCertain;

        // ${name:?…} is no mistake as long as the base image may set the variable.
        var error = expansion.Error is { DependsOnValue: true } && !isCertain ? null : expansion.Error;
        return new Expansion(expansion.Text, error, isCertain);

        string? LookUp(string name)
        {
            used?.Add(name);
            var variable = _variables.GetValueOrDefault(name);
            isCertain &= variable?.IsCertain ?? isComplete;
            return variable?.Value;
        }
    }

    private sealed record Variable(string Value, bool IsCertain);
}
