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
    /// <summary>Names are compared as the system compares those of its own variables.</summary>
    private readonly Dictionary<string, string> _values = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly List<string> _files = [];

    /// <summary>The env files that were read, absolute, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <param name="written">What stands behind <c>env_file</c>; variables in it come from the environment.</param>
    public IReadOnlyDictionary<string, string> Read(YamlNode? written)
    {
        var interpolation = new Interpolation(environment.GetValueOrDefault, diagnostics);
        IReadOnlyList<YamlNode> names = written is YamlSequence list ? list.Items : written is null ? [] : [written];
        var files = names.OfType<YamlScalar>().Where(name => !name.IsNull).Select(name => new Located<string>(interpolation.Expand(name.Value, name.At), name.Span));
        return Read(written is null ? null : files);
    }

    /// <param name="written">The env files; null is <c>.env</c>, if it is there.</param>
    public IReadOnlyDictionary<string, string> Read(IEnumerable<Located<string>>? written)
    {
        var beside = Path.Combine(paths.Directory, ".env");
        if (written is null && File.Exists(beside))
        {
            ReadFile(beside, new SourceSpan(beside));
        }

        foreach (var (path, place) in written?.Where(file => file.Value.Length > 0) ?? [])
        {
            var absolute = paths.Absolute(path);
            if (paths.Admits(absolute, place))
            {
                ReadFile(absolute, place);
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
