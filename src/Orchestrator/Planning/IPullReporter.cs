using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Where pulls from registries are told. Called from several threads; must not throw and must not wait.</summary>
internal interface IPullReporter
{
    /// <summary>The engine begins to pull an image.</summary>
    void Pulling(ImageReference image);

    /// <summary>How far that is.</summary>
    /// <param name="image">The image that is pulled.</param>
    /// <param name="bytes">Bytes that arrived, as they are compressed.</param>
    /// <param name="total">Bytes that the layers have of which the engine says so; grows as it learns of more.</param>
    void Pulled(ImageReference image, long bytes, long total)
    {
    }

    /// <summary>The pull ended, well or not.</summary>
    void PullEnded(ImageReference image)
    {
    }
}
