using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// Reads a Compose project as <c>docker compose config</c> does (https://github.com/compose-spec/compose-spec), for everything that concerns which
/// images are built. Held against the real tool by a test.
/// </summary>
internal sealed class ComposeReader(RepositoryPaths paths, DiagnosticBag diagnostics)
{
    private const string ProfilesVariable = "COMPOSE_PROFILES";
    private const string CompatibilityVariable = "COMPOSE_COMPATIBILITY";

    public ComposeProject Read(ComposeSource source)
    {
        var directory = source.Directory ?? Path.GetDirectoryName(source.Files[0].Value)!;
        var own = paths with { Directory = directory };
        var named = source.EnvFiles ?? ComposeEnvFiles.Of(source.Environment, source.WorkingFolder ?? source.Folder ?? directory);
        var outer = new VariableFiles(paths with { Directory = source.Folder ?? directory }, source.Environment, diagnostics);
        var envFiles = new VariableFiles(own, named is null && source.Folder is { } folder && folder != directory ? outer.Read(written: (YamlNode?)null) : source.Environment, diagnostics);
        var variables = new Dictionary<string, string>(envFiles.Read(named), StringComparer.Ordinal);
        var documents = new ComposeDocuments(own, source.Texts, diagnostics);
        var read = source.Files.SelectMany(file => documents.Read(file.Value, file.Span, mayBeEmpty: source.Files.Count > 1)).ToList();
        if (read.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Add(Rules.GraphFileEmpty.At(new SourceSpan(source.Files[0].Value, 1, 1)));
        }

        var (name, isWritten) = ComposeProjectName.Of(read, directory, variables, diagnostics);
        variables[ComposeProjectName.Variable] = name;
        var model = new ComposeModel(documents, own, diagnostics).Read(source.Files, new ComposeLayer(source.Files[0].Value, directory, variables, []));
        var services = (model.Find("services")?.Value as YamlMapping)?.Entries ?? [];
        var entries = services.Select(entry => Service(entry, name, variables)).ToList();
        var secrets = model.Find("secrets")?.Value as YamlMapping;
        CheckEnvFiles(services, entries);
        if (!diagnostics.HasErrors)
        {
            new ComposeConsistency(entries, secrets, diagnostics).Check();
        }

        return new ComposeProject(name, directory, entries, secrets, [.. documents.Files, .. outer.Files, .. envFiles.Files]) { IsNamed = isWritten, Variables = variables };
    }

    private ServiceEntry Service(YamlEntry entry, string project, Dictionary<string, string> variables)
    {
        var name = new Located<string>(entry.Key.Value, entry.Key.Span);
        var service = (YamlMapping)entry.Value;
        var image = Text(service, "image");
        var build = service.Find("build")?.Value as YamlMapping;
        var profiles = (service.Find("profiles")?.Value as YamlSequence)?.Items.OfType<YamlScalar>().Select(item => item.Value).ToList() ?? [];
        var isActive = IsActive(profiles, variables);
        var platform = Text(service, "platform");
        if (isActive && !diagnostics.HasErrors && image is null && build is null && service.Find("provider") is null)
        {
            diagnostics.Add(Rules.ServiceWithoutImage.At(name.Span, name.Value));
        }

        var separator = variables.GetValueOrDefault(CompatibilityVariable) is "1" or "true" ? '_' : '-';
        return new ServiceEntry
        {
            Name = name,
            Image = image ?? name with { Value = $"{project}{separator}{name.Value}" },
            Build = build?.With("args", args => (args as YamlMapping)?.Each(pair => Argument(pair, variables))),
            Platform = platform ?? (build is null ? null : DefaultPlatform(name, variables)),
            IsDefaultPlatform = platform is null,
            Profiles = profiles,
            IsActive = isActive,
        };
    }

    /// <summary>An argument without a value takes the variable's; without one there it stays so, and the Dockerfile's default holds.</summary>
    private static YamlNode Argument(YamlEntry pair, Dictionary<string, string> variables) =>
        pair.Value is YamlScalar { IsNull: true } empty && variables.TryGetValue(pair.Key.Value, out var value) ? empty with { Value = value, IsNull = false } : pair.Value;

    private static bool IsActive(List<string> profiles, Dictionary<string, string> variables)
    {
        var active = (variables.GetValueOrDefault(ProfilesVariable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        return profiles.Count == 0 || active.Any(profile => profile == "*" || profiles.Contains(profile));
    }

    /// <summary>Env files of containers are not needed here; that one is missing is said, because starting the project will fail.</summary>
    private void CheckEnvFiles(IReadOnlyList<YamlEntry> services, List<ServiceEntry> read)
    {
        foreach (var (entry, service) in services.Zip(read).Where(pair => pair.Second.IsActive))
        {
            foreach (var file in ComposeForms.Items(((YamlMapping)entry.Value).Find("env_file")?.Value ?? new YamlSequence(entry.Key.Span, [])))
            {
                var path = file as YamlScalar ?? (file as YamlMapping)?.Find("path")?.Value as YamlScalar;
                var isRequired = (file as YamlMapping)?.Find("required")?.Value is not YamlScalar { Value: "false" };
                if (path is { IsNull: false } && isRequired && !File.Exists(path.Value))
                {
                    diagnostics.Add(Rules.ServiceEnvFileMissing.At(path.Span, path.Value, service.Name.Value));
                }
            }
        }
    }

    /// <summary>For what <c>docker compose build</c> builds where a service does not say.</summary>
    private static Located<string>? DefaultPlatform(Located<string> service, Dictionary<string, string> variables) =>
        variables.GetValueOrDefault(ImageAssembly.DefaultPlatform) is { Length: > 0 } platform ? service with { Value = platform } : null;

    private static Located<string>? Text(YamlMapping mapping, string key) =>
        mapping.Find(key)?.Value is YamlScalar { IsNull: false, Value.Length: > 0 } text ? new Located<string>(text.Value, text.Span) : null;
}
