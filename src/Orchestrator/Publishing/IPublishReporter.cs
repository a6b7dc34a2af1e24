using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Publishing;

/// <summary>Where publishing tells what happens. Called from several threads; must not throw and must not wait.</summary>
internal interface IPublishReporter
{
    void Report(Diagnostic diagnostic);

    /// <param name="to">The key tag that is pushed.</param>
    void Pushing(ReleaseImage image, ImageReference to);

    /// <summary>How far a push is.</summary>
    /// <param name="image">The image that is pushed.</param>
    /// <param name="bytes">Bytes that went out, before compression.</param>
    /// <param name="total">Bytes that the layers have of which the engine says so.</param>
    void Sent(ReleaseImage image, long bytes, long total)
    {
    }

    /// <summary>The push ended, well or not.</summary>
    void PushEnded(ReleaseImage image)
    {
    }

    void Retrying(ReleaseImage image, string reason, int attempt);

    /// <summary>The image is in its repository, sent or found.</summary>
    void Arrived(PublishedImage image);

    /// <summary>A tag was written, or left as it is.</summary>
    void Tagged(PlannedTag tag);
}
