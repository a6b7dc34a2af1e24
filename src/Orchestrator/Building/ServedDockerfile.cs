using System.Text;
using Orchestrator.BuildKit.Control;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// The Dockerfile as the daemon gets it, and the named contexts that put each base image in its place. A named context also replaces a
/// <em>stage</em> of that name, whose steps would silently vanish (<c>FROM base AS base</c>); there the token is rewritten instead, on the
/// same line: see <see cref="StageNamesakes"/>.
/// </summary>
internal sealed record ServedDockerfile(string Text, IReadOnlyDictionary<string, string> NamedContexts, IReadOnlyDictionary<string, string> Substitutes)
{
    /// <summary>What cannot be said in the text: rules for the daemon.</summary>
    public IReadOnlyList<SourceConversion> Conversions { get; init; } = [];

    /// <param name="image">The image to build.</param>
    /// <param name="substitutes">What each reference stands for: as written → what the engine has.</param>
    public static ServedDockerfile Create(ResolvedImage image, IReadOnlyDictionary<string, string> substitutes)
    {
        var contexts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var context in image.Node.Build.AdditionalContexts.Where(context => context.Value.Value == BuildDefinition.EmptyImage))
        {
            contexts[ContextName(context.Key)] = BuildDefinition.EmptyImage;
        }

        var tokens = new Dictionary<TextRange, string>();
        var conversions = new List<SourceConversion>();
        foreach (var (written, target) in substitutes)
        {
            if (!StageNamesakes.IsNamesake(image, written))
            {
                contexts[ContextName(written)] = BuildDefinition.ImageScheme + target;
                continue;
            }

            conversions.AddRange(StageNamesakes.Conversions(image, written, target));
            foreach (var (range, token) in StageNamesakes.Tokens(image, written, target))
            {
                tokens[range] = token;
            }
        }

        return new ServedDockerfile(tokens.Count == 0 ? image.DockerfileText : image.Document.With(tokens), contexts, substitutes) { Conversions = [.. conversions.Distinct()] };
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
