using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.Testing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>
/// Tests what a registry has already, where it is another build than the one on the engine: two builds of one key need not be the same, and it is the registry's that
/// gets the tags.
/// </summary>
internal sealed class PublishedTesting(HeldGraph held, EngineConnection connection, IRunReporter reporter, ToolEnvironment environment, PublishFindings findings)
{
    private readonly EnginePull _pull = new(connection.Engine, connection.Credentials, reporter);

    /// <param name="pushes">The images on the engine have passed their tests.</param>
    /// <param name="parallel">Images that may be fetched at the same time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<PlannedPush> pushes, int parallel, CancellationToken cancellationToken)
    {
        var fetched = new PlannedImage?[pushes.Count];
        var names = new string?[pushes.Count];
        try
        {
            await Parallel.ForAsync(0, pushes.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (index, token) =>
            {
                if (pushes[index] is { Existing: { } existing, Image: { Node.Tests.Count: > 0 } image } && existing.ToString() != image.Planned.ImageId)
                {
                    var reference = image.Home with { Tag = null, Digest = existing.ToString() };
                    names[index] = await connection.Engine.InspectImageAsync(reference.ToString(), token).ConfigureAwait(false) is null ? reference.ToString() : null;
                    fetched[index] = await FetchAsync(image, reference, token).ConfigureAwait(false) is { } there && there.Id != image.Planned.ImageId
                        ? image.Planned with { ImageId = there.Id, Size = there.Size }
                        : null;
                }
            }).ConfigureAwait(false);
            await TestAsync(pushes, [.. fetched.OfType<PlannedImage>()], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(names.OfType<string>().Select(name => HeldImages.LetGoAsync(connection.Engine, name))).ConfigureAwait(false);
        }
    }

    /// <returns>Null when it cannot be had, which is told.</returns>
    private async Task<ImageDetails?> FetchAsync(ReleaseImage image, ImageReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await _pull.RunAsync(reference, reference, cancellationToken).ConfigureAwait(false) ?? throw new DockerApiException(404, "the engine does not have it after it was pulled");
        }
        catch (Exception exception) when (exception is DockerApiException or DockerConfigurationException)
        {
            findings.Add(Finding(image, reference.Digest!, $"cannot be tested: {(exception is DockerApiException refused ? refused.EngineMessage : exception.Message).TrimEnd('.')}"));
            return null;
        }
    }

    private async Task TestAsync(IReadOnlyList<PlannedPush> pushes, IReadOnlyList<PlannedImage> fetched, CancellationToken cancellationToken)
    {
        if (fetched.Count == 0)
        {
            return;
        }

        var results = await ImageTesting.RunAsync(held, fetched, ImageTesting.DefaultOptions(environment), connection, reporter, environment, cancellationToken).ConfigureAwait(false);
        foreach (var failed in results.Where(result => result.Outcome == TestOutcome.Failed).GroupBy(result => result.Image.Name, StringComparer.Ordinal))
        {
            var push = pushes.First(push => push.Image.Name == failed.Key);
            findings.Add(Finding(push.Image, push.Existing!.Value.ToString(), $"does not pass '{string.Join("', '", failed.Select(result => result.Test.Name))}'"));
        }
    }

    private static Diagnostic Finding(ReleaseImage image, string digest, string what) => Rules.PublishedNotPassed.At(image.Node.Span, image.Node.DisplayName, digest, what, image.KeyReference.Familiar);
}
