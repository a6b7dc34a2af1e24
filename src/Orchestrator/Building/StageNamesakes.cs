using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// References that have the name of a stage, such as <c>composer:latest</c> beside <c>FROM php AS composer</c>. A named context in their place would replace the stage too, so
/// the tokens are written anew in what is served. The text of a trigger goes into images, or comes out of one, as it is; there a rule for the daemon puts the image in its place.
/// </summary>
internal static class StageNamesakes
{
    /// <summary>The first engine that applies such a rule to an image's configuration too.</summary>
    private const int FirstMajor = 25;

    /// <summary>Engines before forget, of steps behind a source that a rule changed, that their cached results are not wanted.</summary>
    private const int FirstMajorWithoutCache = 28;

    /// <param name="image">The image to build.</param>
    /// <param name="reference">As it is written.</param>
    public static bool IsNamesake(ResolvedImage image, string reference)
    {
        var name = ServedDockerfile.ContextName(reference);

        // A named context that the graph declares is meant to replace a stage; a base that merely has a stage's name is not.
        return image.Document.Stages.Any(stage => stage.Name == name) && image.Node.Build.AdditionalContexts.All(context => ServedDockerfile.ContextName(context.Key) != name);
    }

    /// <param name="image">The image to build.</param>
    /// <param name="reference">One with the name of a stage, as it is written.</param>
    /// <param name="substitute">What stands in its place.</param>
    /// <returns>The tokens that name it, with what is served instead.</returns>
    public static IEnumerable<KeyValuePair<TextRange, string>> Tokens(ResolvedImage image, string reference, string substitute) =>
        Uses(image, reference).Where(use => use.Range is not null)
            .Select(use => KeyValuePair.Create(use.Range!.Value, use.Flag is { } flag ? FlagText.WithImage(flag, substitute, image.Document.EscapeToken) : substitute));

    /// <param name="image">The image to build.</param>
    /// <param name="reference">One with the name of a stage, as it is written.</param>
    /// <param name="substitute">What stands in its place.</param>
    /// <returns>The rule, where a trigger names it.</returns>
    public static IEnumerable<SourceConversion> Conversions(ResolvedImage image, string reference, string substitute) =>
        Uses(image, reference).Any(use => use.Range is null) && ImageReference.TryParse(reference, out var written)
            ? [new SourceConversion($"docker-image://{written}", $"docker-image://{substitute}")]
            : [];

    /// <summary>Why this engine could not be told what a trigger means; null when it can.</summary>
    /// <param name="planned">The image.</param>
    /// <param name="noCache">Every step is to be run again.</param>
    /// <param name="engineMajor">0: nobody knows.</param>
    public static Diagnostic? Obstacle(PlannedImage planned, bool noCache, int engineMajor)
    {
        var needed = noCache ? FirstMajorWithoutCache : FirstMajor;
        if (engineMajor == 0 || engineMajor >= needed)
        {
            return null;
        }

        var image = planned.Image;
        var references = image.Edges.Select(edge => edge.Reference).Concat(image.Externals.Select(use => use.Reference)).OfType<string>().Distinct(StringComparer.Ordinal);
        return references.Where(reference => IsNamesake(image, reference)).SelectMany(reference => Uses(image, reference)).FirstOrDefault(use => use.Range is null) is { } use
            ? Rules.TriggerNamesStage.At(use.Reference.Span, use.Reference.Value, ServedDockerfile.ContextName(use.Reference.Value), engineMajor, needed)
            : null;
    }

    private static IEnumerable<ImageUse> Uses(ResolvedImage image, string reference) =>
        image.Closure.ExternalImages.Where(use => use.Kind is ImageUseKind.From or ImageUseKind.CopyFrom or ImageUseKind.MountFrom && use.Reference.Value == reference);
}
