using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>Publishing in words, a line for each image and each tag that changed.</summary>
internal sealed class PublishText(IRunReporter reporter) : IPublishReporter
{
    public void Report(Diagnostic diagnostic) => reporter.Report(diagnostic);

    public void Pushing(ReleaseImage image, ImageReference to) => reporter.PushStarted(image.Node.DisplayName, Name(to));

    public void Sent(ReleaseImage image, long bytes, long total) => reporter.Pushing(image.Node.DisplayName, bytes, total);

    public void PushEnded(ReleaseImage image) => reporter.PushEnded(image.Node.DisplayName);

    public void Retrying(ReleaseImage image, string reason, int attempt) => reporter.Say($"trying {image.Node.DisplayName} again ({attempt}): {reason}");

    public void Arrived(PublishedImage image) => reporter.Say(
        $"{(image.IsPushed ? "pushed" : "present"),-10} {image.Image.Node.DisplayName} as {Name(image.Image.Home)}@{image.Digest}{(image.Sent == 0 ? "" : $", {image.Sent} layers, {ByteText.Of(image.Bytes)}")}");

    public void Tagged(PlannedTag tag) => reporter.Say(Line(tag, Word(tag.Action)));

    /// <summary>What would happen, for a person.</summary>
    public void Show(IReadOnlyList<PlannedPush> plan)
    {
        foreach (var push in plan)
        {
            reporter.Say($"{(push.Existing is not null ? "present" : push.Image.IsOnEngine ? "push" : "build"),-10} {push.Image.Node.DisplayName} as {push.Image.KeyReference.Familiar}");
            foreach (var tag in push.Tags)
            {
                reporter.Say(Line(tag, tag.Action.ToString().ToLowerInvariant()));
            }
        }
    }

    /// <summary>An image of which nothing more can be said before it is built.</summary>
    public static string Later(PlannedImage image) => $"{"build",-10} {image.Image.Node.DisplayName}, and push it: {image.Reason}";

    public void Show(IReadOnlyList<PlannedPromotion> plan)
    {
        foreach (var promotion in plan)
        {
            reporter.Say($"{(promotion.IsThere ? "present" : "copy"),-10} {promotion.Image.DisplayName} to {promotion.Image.To.Familiar}");
            foreach (var tag in promotion.Tags)
            {
                reporter.Say(Line(tag, tag.Action.ToString().ToLowerInvariant()));
            }
        }
    }

    public static string Summary(IReadOnlyList<PlannedPromotion> plan)
    {
        var tags = plan.SelectMany(promotion => promotion.Tags).ToList();
        var written = tags.Count(tag => tag.Action is TagAction.Create or TagAction.Move);
        return $"{plan.Count} images promoted: {plan.Count(promotion => !promotion.IsThere)} copied, {plan.Count(promotion => promotion.IsThere)} present; {tags.Count} tags: {written} written, {tags.Count - written} unchanged";
    }

    public static string Summary(IReadOnlyList<PublishedImage> images)
    {
        var tags = images.SelectMany(image => image.Tags).ToList();
        var written = tags.Count(tag => tag.Action is TagAction.Create or TagAction.Move);
        return $"{images.Count} images published: {images.Count(image => image.IsPushed)} pushed, {images.Count(image => !image.IsPushed)} present; {tags.Count} tags: {written} written, {tags.Count - written} unchanged";
    }

    /// <summary>Of images that were only brought to where others look for them.</summary>
    public static string Delivered(IReadOnlyList<PublishedImage> images) => $"{images.Count(image => image.IsPushed)} pushed to their registry, {images.Count(image => !image.IsPushed)} present there";

    private static string Line(PlannedTag tag, string word) => $"  {word,-8} {tag.Tag.Reference.FamiliarWithTag}{(tag.Reason.Length > 0 ? ", for " + tag.Reason : "")}";

    private static string Word(TagAction action) => action switch
    {
        TagAction.Create => "created",
        TagAction.Move => "moved",
        TagAction.Stay => "stays",
        _ => "kept",
    };

    private static string Name(ImageReference reference) => (reference with { Tag = null }).Familiar;
}
