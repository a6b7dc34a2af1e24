using Orchestrator.BuildKit.FileSync;
using Orchestrator.Planning;

namespace Orchestrator.Proposing;

/// <summary>
/// What builds of .NET projects leave in the contexts of images: where images take in whole folders (<c>COPY . .</c>), <c>bin</c> and <c>obj</c> are among it, and each
/// <c>dotnet build</c> of the projects changes what the images are made of. Proposes an ignore file where there is none, and says where there is one that lets them in.
/// </summary>
internal sealed class ContextLeftovers(RepositorySurvey survey, ResolvedGraph graph)
{
    private const string Intermediate = "obj";

    private readonly List<string> _projects =
        [.. survey.Projects.Where(file => Path.GetExtension(file) is not ".proj").Select(PathText.Parent).Distinct(StringComparer.Ordinal)];

    /// <summary>One for each context that needs it; nothing that a Dockerfile takes in by name is left out.</summary>
    public IReadOnlyList<ProposedIgnoreFile> Proposed() =>
        [.. graph.Images.Where(image => image.IgnoreText is null).GroupBy(Context, StringComparer.Ordinal).Select(group => Propose(group.Key, [.. group])).OfType<ProposedIgnoreFile>()];

    /// <summary>A sentence for each ignore file that lets <c>obj</c> in.</summary>
    public IReadOnlyList<string> Remarks() =>
        [.. graph.Images.Where(image => image.IgnoreText is not null).Select(Remark).OfType<string>().Distinct(StringComparer.Ordinal)];

    private ProposedIgnoreFile? Propose(string context, IReadOnlyList<ResolvedImage> images)
    {
        var affected = images.Where(image => Projects(image).Any()).Select(image => image.Name).ToList();
        var uses = images.SelectMany(image => image.Closure.ContextUses).Where(use => use.From is null).ToList();
        if (affected.Count == 0 || uses.Exists(use => !use.IsCertain))
        {
            return null;
        }

        var named = uses.SelectMany(use => use.Sources).SelectMany(source => PathText.CleanBelowRoot(source.Value).Split('/')).ToHashSet(StringComparer.Ordinal);
        List<string> names = [.. new[] { "bin", Intermediate, ".vs", ".git" }.Where(name => !named.Contains(name))];
        return !names.Contains(Intermediate) ? null : new ProposedIgnoreFile(
            PathText.Join(context, ".dockerignore"), Content(names, context),
            $"the context {InferredContext.Name(context)} has .NET projects, and with their bin and obj in it each build of them would change {string.Join(", ", affected)}");
    }

    private string Content(List<string> names, string context)
    {
        var kept = survey.SourceOutputs.Where(folder => IsBelow(folder, context) && names.Contains(Path.GetFileName(folder))).Select(folder => $"!{Inside(context, folder)}\n");
        var lines = names.Select(name => name == ".git" ? "# A build that reads its version from git needs it: remove this line then.\n**/.git\n" : $"**/{name}\n");
        return $"# What no image is built from. Proposed by `orchestrator init`.\n{string.Concat(lines)}{string.Concat(kept)}";
    }

    private string? Remark(ResolvedImage image)
    {
        var matcher = PatternMatcher.Parse(IgnoreFile.Read(image.IgnoreText!));
        var context = Context(image);
        var open = Projects(image).Select(project => PathText.Join(Inside(context, project), Intermediate)).Where(folder => !matcher.Matches(folder)).ToList();
        var own = DockerfileFile.OwnIgnoreFile(image.Node.Build);
        var file = PathText.Relative(survey.Root, File.Exists(own) ? own : DockerfileFile.ContextIgnoreFile(image.Node.Build.Context.Value));
        return open.Count == 0 ? null : $"{file} does not leave out {open[0]}{(open.Count > 1 ? " and others" : "")}: with **/bin and **/obj in it, a build of the .NET projects would not change the images";
    }

    /// <summary>Folders of .NET projects that the image takes in with all that is in them.</summary>
    private IEnumerable<string> Projects(ResolvedImage image)
    {
        var context = Context(image);
        var paths = ContextPaths.Of(image.Closure, null);
        return context.StartsWith("..", StringComparison.Ordinal) ? [] : _projects.Where(project => IsBelow(project, context)
            && (paths is null || paths.Any(path => IsBelow(project, PathText.Join(context, WithoutStar(path)).TrimEnd('/')))));
    }

    /// <summary><c>src/*</c> is all of <c>src</c>.</summary>
    private static string WithoutStar(string path) => Path.GetFileName(path) == "*" ? PathText.Parent(path) : path;

    private string Context(ResolvedImage image) => PathText.Relative(survey.Root, image.Node.Build.Context.Value) is var context and not "." ? context : "";

    private static string Inside(string context, string path) => path.Length == context.Length ? "" : path[(context.Length == 0 ? 0 : context.Length + 1)..];

    private static bool IsBelow(string path, string folder) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
