using Orchestrator.Graph;
using Orchestrator.Publishing;

namespace Orchestrator.Tool.Reporters;

/// <content>What happens to images that are published.</content>
internal sealed partial class JsonReporter
{
    public void Pushing(ReleaseImage image, ImageReference to) => Event("push-started", json =>
    {
        json.WriteString("image", image.Node.Name);
        json.WriteString("reference", to.ToString());
    });

    public void Sent(ReleaseImage image, long bytes, long total) => Event("push-progress", json =>
    {
        json.WriteString("image", image.Node.Name);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("totalBytes", total);
    });

    public void Retrying(ReleaseImage image, string reason, int attempt) => Event("push-retried", json =>
    {
        json.WriteString("image", image.Node.Name);
        json.WriteNumber("attempt", attempt);
        json.WriteString("reason", reason);
    });

    public void Arrived(PublishedImage image) => Event("pushed", json =>
    {
        json.WriteString("image", image.Image.Node.Name);
        json.WriteString("reference", image.Image.KeyReference.ToString());
        json.WriteString("digest", image.Digest.ToString());
        json.WriteBoolean("present", !image.IsPushed);
        json.WriteNumber("layersSent", image.Sent);
        json.WriteNumber("bytesSent", image.Bytes);
    });

    public void Tagged(PlannedTag tag) => Event("tagged", json =>
    {
        json.WriteString("reference", tag.Tag.Reference.ToString());
        json.WriteString("action", tag.Action.ToString().ToLowerInvariant());
        json.WriteString("reason", JsonText.Known(tag.Reason));
    });
}
