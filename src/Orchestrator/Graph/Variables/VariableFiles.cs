using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Variables;

/// <summary>
/// The variables of one graph file: the process environment over the files of <c>env_file</c>, of which later ones win; without
/// <c>env_file</c>, over <c>.env</c> beside the graph file if there is one.
/// </summary>
internal sealed class VariableFiles(RepositoryPaths paths, IReadOnlyDictionary<string, string> environment, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];

    /// <summary>The env files that were read, absolute, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    public IReadOnlyDictionary<string, string> Read(YamlNode? written)
    {
        if (written is null)
        {
            var beside = Path.Combine(paths.Directory, ".env");
            if (File.Exists(beside))
            {
                ReadFile(beside, new SourceSpan(beside));
            }
        }

        var interpolation = new Interpolation(environment.GetValueOrDefault, diagnostics);
        IReadOnlyList<YamlNode> names = written is YamlSequence list ? list.Items : written is null ? [] : [written];
        foreach (var name in names)
        {
            if (name is YamlScalar { IsNull: false } scalar && interpolation.Expand(scalar.Value, scalar.At) is { Length: > 0 } path)
            {
                var absolute = paths.Absolute(path);
                if (paths.Admits(absolute, scalar.Span))
                {
                    ReadFile(absolute, scalar.Span);
                }
            }
        }

        foreach (var (name, value) in environment)
        {
            _values[name] = value;
        }

        return _values;
    }

    private void ReadFile(string file, SourceSpan place)
    {
        var reading = new DiagnosticBag();
        var text = YamlText.Read(file, reading);
        foreach (var problem in reading.Items)
        {
            diagnostics.Add(problem.Rule == Rules.GraphFileUnreadable ? Unreadable(file, place) : problem);
        }

        if (text is not null)
        {
            _files.Add(file);
            EnvFile.Read(file, text, environment, _values, diagnostics);
        }
    }

    private static Diagnostic Unreadable(string file, SourceSpan place) =>
        Rules.EnvFileUnreadable.At(place, file, Path.Exists(file) ? "it cannot be opened." : "it does not exist." + RepositoryPaths.NearbyPhrase(file));
}
