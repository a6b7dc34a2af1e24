using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Proposing;

/// <summary>
/// Infers a graph from what a repository holds (<see cref="RepositorySurvey"/>): Compose projects as they are, and Dockerfiles with a name
/// (<see cref="ImageNaming"/>) and a context (<see cref="InferredContext"/>). Writes nothing and needs no engine. A guess is told with its reason; what
/// cannot be read is left out, with its mistake.
/// </summary>
/// <param name="variables">The process environment, for Compose.</param>
/// <param name="platform">What is built for.</param>
internal sealed class GraphProposer(RepositorySurvey survey, IReadOnlyDictionary<string, string> variables, string platform)
{
    private readonly List<LeftOut> _leftOut = [];

    public GraphProposal Propose(CancellationToken cancellationToken)
    {
        var (projects, unused) = ComposeProjects.In(survey, variables);
        _leftOut.AddRange(unused);
        var services = projects.SelectMany(project => project.Images).Select(node => ComposeBuild.Read(node, platform)).OfType<ComposeBuild>().ToList();
        var files = Dockerfiles(projects, cancellationToken);
        var names = new ImageNaming(survey, files, Uses(files, services, projects)).All();
        if (projects.Count > 0)
        {
            files = Bases(files, services, names);
        }

        var overlays = services.SelectMany(service => service.Overlays(survey.Root)).ToList();
        var keys = new ImageKeys(projects.SelectMany(project => project.Images).SelectMany(node => node.Aliases.Prepend(node.Name)));
        var images = files.OrderByDescending(file => names[file].IsBase).Select(file => Image(file, names[file], keys)).ToList();
        // What was built of the Compose file alone is then up to date, and found by clean.
        var name = projects is [{ NamesRepository: true } only] ? only.Name : ImageKeyGrammar.MakeValid(survey.Name);
        return new GraphProposal(name) { Projects = projects, Images = [.. images, .. overlays], LeftOut = [.. _leftOut] };
    }

    /// <summary>Those that no Compose service builds; as often as documents build them with another target.</summary>
    private List<FoundDockerfile> Dockerfiles(IReadOnlyList<ProposedProject> projects, CancellationToken cancellationToken)
    {
        var built = projects.SelectMany(project => project.Images).Where(node => node.Build.DockerfileInline is null).Select(node => node.Build.Dockerfile.Value).ToHashSet(StringComparer.Ordinal);
        var documented = DocumentedBuilds.In(survey, cancellationToken).ToLookup(build => build.Dockerfile, StringComparer.Ordinal);
        var found = new List<FoundDockerfile>();
        foreach (var path in survey.Dockerfiles.Where(path => !built.Contains(Path.GetFullPath(path, survey.Root))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange(Read(path, [.. documented[path]]));
        }

        return found;
    }

    /// <summary>As documents build it. Lines that cannot be followed, of which documents have some that nobody keeps, cost nothing but what they say.</summary>
    private List<FoundDockerfile> Read(string path, IReadOnlyList<DocumentedBuild> documented)
    {
        var found = new List<FoundDockerfile>();
        var stale = documented.Select(build => (build.Place, Problem: Read(path, build, found))).Where(line => line.Problem is not null)
            .Select(line => $"{line.Place} is not followed: {line.Problem!.Reason}").ToList();
        if (found.Count == 0 && Read(path, null, found) is { } problem)
        {
            _leftOut.Add(problem);
        }

        return [.. found.Select((file, index) => index == 0 ? file with { Stale = stale } : file)];
    }

    /// <returns>Why it is not usable; null when it is among those that were found.</returns>
    private LeftOut? Read(string path, DocumentedBuild? documented, List<FoundDockerfile> found)
    {
        var diagnostics = new DiagnosticBag();
        try
        {
            if (FoundDockerfile.Read(survey.Root, path, documented, platform, diagnostics) is not { } file)
            {
                return LeftOut.For(path, diagnostics);
            }

            found.Add(file);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new LeftOut(path, exception.Message);
        }
    }

    /// <summary>What is built on, but for what a Compose service is called.</summary>
    private List<BaseUse> Uses(List<FoundDockerfile> files, List<ComposeBuild> services, IReadOnlyList<ProposedProject> projects)
    {
        var known = projects.SelectMany(project => project.Images).SelectMany(node => node.LocalNames).Select(name => name.Value).ToHashSet();
        return [.. files.SelectMany(UsesOf).Concat(services.SelectMany(UsesOf)).Where(use => !known.Contains(use.Reference))];
    }

    private IEnumerable<BaseUse> UsesOf(FoundDockerfile file) => BaseUse.Of(file.Closure, Path.Join(survey.Root, file.Path));

    private static IEnumerable<BaseUse> UsesOf(ComposeBuild service) => BaseUse.Of(service.Closure, service.Node.Build.Dockerfile.Value);

    /// <summary>The Dockerfiles that the services are built on, and those below them.</summary>
    private List<FoundDockerfile> Bases(List<FoundDockerfile> files, List<ComposeBuild> services, IReadOnlyDictionary<FoundDockerfile, InferredName> names)
    {
        var bases = new List<FoundDockerfile>();
        var open = new Queue<BaseUse>(services.SelectMany(UsesOf));
        while (open.TryDequeue(out var use))
        {
            foreach (var file in files.Except(bases).Where(file => names[file].IsBase && names[file].Names.Contains(use.Reference)).ToList())
            {
                bases.Add(file);
                foreach (var next in UsesOf(file))
                {
                    open.Enqueue(next);
                }
            }
        }

        _leftOut.AddRange(files.Except(bases).Select(file => new LeftOut(file.Path, "no active Compose service builds it or is built on it; it can be added under 'images:'")));
        return [.. files.Where(bases.Contains)];
    }

    private ProposedImage Image(FoundDockerfile file, InferredName name, ImageKeys keys)
    {
        var sources = new ContextSources(survey.Root, file.Closure);
        var context = file.Documented is { } documented
            ? new InferredContext(documented.Context, $"context {InferredContext.Name(documented.Context)}: as {documented.Place} says{InferredContext.Gone(sources.Missing(documented.Context))}")
            : InferredContext.Of(file.Folder, sources);
        var overlay = sources.Overlay(context.Path);
        var dockerfile = PathText.Relative(Path.Join(survey.Root, context.Path), Path.Join(survey.Root, file.Path));
        var (key, free) = keys.Assign(file, name.Names);
        return new ProposedImage(key, context.Path, [file.Path, name.Reason, context.Reason, .. file.Stale, .. overlay.Select(pair => $"overlay {pair.Value}: copied from outside the context")])
        {
            Dockerfile = dockerfile == DockerfileName.Default ? null : dockerfile,
            Names = free,
            Target = file.Documented?.Target,
            Arguments = file.Documented?.Arguments ?? [],
            Overlay = overlay,
        };
    }
}
