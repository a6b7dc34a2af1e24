using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Doctor;

/// <summary>The graph of this folder, and the logins for the registries that it names. No registry is asked.</summary>
internal sealed class RegistryExamination(WorkspaceOptions options, ToolEnvironment environment)
{
    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (options.File is null && Workspace.Options(options, environment) is null)
        {
            return [Observation.Fine("graph", $"there is none at or above {environment.CurrentDirectory}; 'orchestrator init' proposes one")];
        }

        var diagnostics = new DiagnosticBag();
        if (Workspace.Load(options, Platforms.Default, environment, diagnostics)?.Graph is not { } graph)
        {
            return [Observation.Error("graph", $"{diagnostics.Items.Count(item => item.Severity == Severity.Error)} errors; 'orchestrator check' shows them")];
        }

        var seen = new List<Observation> { Observation.Fine("graph", $"{graph.Graph.File}: {graph.Images.Count} images") };
        var logins = new CredentialStore(new DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows));
        foreach (var host in Hosts(graph))
        {
            seen.Add(await LoginAsync(logins, host, cancellationToken).ConfigureAwait(false));
        }

        return seen;
    }

    private static IEnumerable<string> Hosts(ResolvedGraph graph)
    {
        var prefixes = new[] { graph.Graph.Registry, graph.Graph.Memory.Prefix }.OfType<string>().Select(prefix => prefix + "/image");
        var own = prefixes.Where(name => ImageReference.TryParse(name, out _)).Select(ImageReference.Parse);
        var published = graph.Images.SelectMany(image => image.Node.Publications).Where(publication => publication.Templates.Count > 0).Select(publication => publication.Name.Value);
        return own.Concat(published).Concat(graph.Images.SelectMany(image => image.Externals).Select(use => use.Source)).Select(reference => reference.Registry)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static async Task<Observation> LoginAsync(CredentialStore logins, string host, CancellationToken cancellationToken)
    {
        try
        {
            return Observation.Fine("login", await logins.FindAsync(host, cancellationToken).ConfigureAwait(false) is { } login ? $"{host}: {login}" : $"{host}: none; it is asked without one");
        }
        catch (DockerConfigurationException exception)
        {
            return Observation.Error("login", $"{host}: {exception.Message}");
        }
    }
}
