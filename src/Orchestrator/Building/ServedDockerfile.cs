using System.Text;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// The Dockerfile as the daemon gets it, and the named contexts that put each base image in its place. A named context also replaces a
/// <em>stage</em> of that name, whose steps would silently vanish (<c>FROM base AS base</c>); there the base's token is rewritten instead, on the
/// same line.
/// </summary>
internal sealed record ServedDockerfile(string Text, IReadOnlyDictionary<string, string> NamedContexts, IReadOnlyDictionary<string, string> Substitutes)
{
    /// <param name="image">The image to build.</param>
    /// <param name="substitutes">What each reference stands for: as written → what the engine has.</param>
    public static ServedDockerfile Create(ResolvedImage image, IReadOnlyDictionary<string, string> substitutes)
    {
        var contexts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var context in image.Node.Build.AdditionalContexts.Where(context => context.Value.Value == BuildDefinition.EmptyImage))
        {
            contexts[ContextName(context.Key)] = BuildDefinition.EmptyImage;
        }

        var bases = new Dictionary<int, string>();
        foreach (var (written, target) in substitutes)
        {
            var name = ContextName(written);
            // A named context that the graph declares is meant to replace a stage; a base that merely has a stage's name is not.
            var isDeclared = image.Node.Build.AdditionalContexts.Any(context => ContextName(context.Key) == name);
            if (isDeclared || image.Document.Stages.All(stage => stage.Name != name))
            {
                contexts[name] = BuildDefinition.ImageScheme + target;
                continue;
            }

            foreach (var use in image.Closure.ExternalImages.Where(use => use.Kind == ImageUseKind.From && use.Reference.Value == written))
            {
                bases[use.Stage!.Index] = target;
            }
        }

        return new ServedDockerfile(bases.Count == 0 ? image.DockerfileText : image.Document.WithBases(bases), contexts, substitutes);
    }

    /// <summary>The name under which BuildKit looks a reference up among the named contexts: familiar, without <c>:latest</c> (buildkit-wire 6.3).</summary>
    public static string ContextName(string written) => ImageReference.TryParse(written, out var reference) ? reference.Familiar : written;

    /// <summary>
    /// The files of the directory <c>dockerfile</c>. The ignore file goes along under the name that wins, so that the daemon need not look for one
    /// in the context.
    /// </summary>
    public IReadOnlyDictionary<string, byte[]> Files(string name, string? ignoreText) => new Dictionary<string, byte[]>
    {
        [name] = Encoding.UTF8.GetBytes(Text),
        [name + ".dockerignore"] = Encoding.UTF8.GetBytes(ignoreText ?? ""),
    };
}
