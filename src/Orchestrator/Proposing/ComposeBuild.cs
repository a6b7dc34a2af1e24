using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Proposing;

/// <summary>An image of a Compose project with its Dockerfile read.</summary>
internal sealed record ComposeBuild(ImageNode Node, StageClosure Closure)
{
    /// <returns>Null when the Dockerfile is not usable; the check of the whole proposal says why.</returns>
    public static ComposeBuild? Read(ImageNode node, string platform)
    {
        var unheard = new DiagnosticBag();
        var arguments = node.Build.Arguments.Where(argument => argument.Value.Value is not null).ToDictionary(argument => argument.Key, argument => argument.Value.Value!, StringComparer.Ordinal);
        return DockerfileFile.Read(node, new Dictionary<string, string>(), unheard) is { } file && StageResolver.Resolve(file.Document, new DockerfileInputs(arguments, platform, platform, node.Build.Target?.Value), unheard) is { } closure
            ? new ComposeBuild(node, closure) : null;
    }

    /// <summary>What has to be laid over the service's build so that sources such as <c>../shared</c> are in its context; an entry for each service of the build.</summary>
    public IEnumerable<ProposedImage> Overlays(string root)
    {
        var context = PathText.Relative(root, Node.Build.Context.Value);
        if (context.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(context))
        {
            return [];
        }

        var overlay = new ContextSources(root, Closure).Overlay(PathText.CleanBelowRoot(context));
        var reason = $"overlay: {PathText.Relative(root, Node.Build.Dockerfile.Value)} copies what lies outside its context";
        return overlay.Count == 0 ? [] : Node.Declarations.Select(service => new ProposedImage(service.Name, null, [Origin(service), reason]) { Overlay = overlay });
    }

    private static string Origin(ImageNode service) =>
        "a Compose service" + (service.Profiles.Count == 0 ? "" : $" of the profile {string.Join(", ", service.Profiles)}, which is now built whatever profiles are active");
}
