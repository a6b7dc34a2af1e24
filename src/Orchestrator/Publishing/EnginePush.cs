using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Registry;
using Polly;
using Polly.Retry;

namespace Orchestrator.Publishing;

/// <summary>
/// Brings an image from the engine into its repository, under its key tag. The engine sends it, for only it has the compressed layers; it needs a
/// local name for that, which is taken away again; where the key tag still has to tell what an index was that is lost, it gets there only after another tag
/// does. Layers that arrived stay there, so a push that broke off goes on where it was.
/// </summary>
internal sealed class EnginePush(DockerEngine engine, CredentialStore credentials, Registries registries, ImageGraph graph, IPublishReporter reporter, TimeProvider time)
{
    private const int Retries = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <returns>The image as the registry has it, which was read back and has this image's key.</returns>
    /// <exception cref="PublishRefusedException">The engine cannot push it, or the registry has something else afterwards.</exception>
    public async Task<PublishedImage> RunAsync(PlannedPush push, CancellationToken cancellationToken)
    {
        var image = push.Image;
        var target = push.TakesPlaceOfBroken ? LostIndexTag.Of(image.Home, push.Broken!.Value) : image.KeyReference;
        var name = $"{target.Registry}/{target.Repository}";
        var layers = new ConcurrentDictionary<string, PushProgress>(StringComparer.Ordinal);
        string? digest = null;
        var isRetried = false;
        var source = KeyTag.Reference(graph, image.Node, image.Key);
        if (image.Node.Build.IsAttested && (await engine.MissingAttestationsAsync(source, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            throw new PublishRefusedException(Rules.AttestationsMissing.At(image.Node.Span, image.Node.DisplayName));
        }

        reporter.Pushing(image, target);
        await engine.TagImageAsync(source, name, target.Tag!, cancellationToken).ConfigureAwait(false);
        try
        {
            var login = await credentials.FindAsync(target.Registry, cancellationToken).ConfigureAwait(false);
            digest = await Pipeline(image, () => isRetried).ExecuteAsync(async token => await engine.PushImageAsync(name, target.Tag!, login, Take, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException exception)
        {
            throw new PublishRefusedException(TransferTrouble.IsDenied(exception)
                ? Rules.RegistryDenied.At(image.Node.Span, $"The engine may not push '{target.Familiar}': {exception.EngineMessage.TrimEnd('.')}.")
                : Rules.PushFailed.At(image.Node.Span, target.Familiar, exception.EngineMessage));
        }
        finally
        {
            reporter.PushEnded(image);
            await engine.RemoveImageAsync(target.ToString(), force: false, noPrune: true, CancellationToken.None).ConfigureAwait(false);
        }

        var manifest = await VerifyAsync(image, target, digest, cancellationToken).ConfigureAwait(false);
        if (target != image.KeyReference)
        {
            await registries.TagAsync(image.KeyReference, manifest, cancellationToken).ConfigureAwait(false);
        }

        var sent = layers.Values.Where(layer => layer.State == PushedLayer.Pushed).ToList();
        return new PublishedImage(image, manifest, sent.Count, sent.Sum(layer => layer.Bytes)) { IsPushed = true };

        void Take(PushProgress change)
        {
            isRetried |= change.State == PushedLayer.Retrying;
            layers.AddOrUpdate(change.Layer, change, (_, before) => before.State == PushedLayer.Pushed ? before : change with { Bytes = Math.Max(before.Bytes, change.Bytes), Total = Math.Max(before.Total, change.Total) });
            reporter.Sent(image, layers.Values.Sum(layer => layer.Bytes), layers.Values.Sum(layer => layer.Total));
        }
    }

    /// <summary>The registry must have what the engine says that it sent, with our label; else somebody else wrote the tag meanwhile, or the registry lies.</summary>
    private async Task<Manifest> VerifyAsync(ReleaseImage image, ImageReference target, string? digest, CancellationToken cancellationToken)
    {
        var there = await registries.FindAsync(target, cancellationToken).ConfigureAwait(false);
        if (there is not { Lost: null } || (digest is not null && there.Digest.ToString() != digest) || there.Key != image.Key.Hex)
        {
            throw new PublishRefusedException(Rules.PushNotThere.At(
                image.Node.Span, target.Familiar, digest ?? "an unknown digest", there?.Shown ?? "nothing"));
        }

        if (!WholeImage.HasPlatforms(image.Planned.Image, there.Manifest))
        {
            var platforms = image.Planned.Image.Platforms ?? [image.Planned.Image.BuildPlatform];
            throw new PublishRefusedException(Rules.PlatformsNotPushed.At(image.Node.Span, image.Node.DisplayName, string.Join(", ", platforms), target.Familiar));
        }

        return WholeImage.IsWhole(image.Planned.Image, there.Manifest)
            ? there.Manifest
            : throw new PublishRefusedException(Rules.AttestationsMissing.At(image.Node.Span, image.Node.DisplayName));
    }

    /// <param name="isRetried">The engine has tried again by itself, for the better part of a minute: what fails after that does not pass soon.</param>
    private ResiliencePipeline Pipeline(ReleaseImage image, Func<bool> isRetried) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                Delay = FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(!isRetried() && arguments.Outcome.Exception is { } exception && TransferTrouble.MayPass(exception)),
                OnRetry = async arguments =>
                {
                    reporter.Retrying(image, arguments.Outcome.Exception!.Message, arguments.AttemptNumber + 1);
                    // The engine does not pass on how long the registry wants to be left alone; asked directly, our client waits as long as it says.
                    await WaitAsync(image, arguments.Context.CancellationToken).ConfigureAwait(false);
                },
            })
            .Build();

    private async Task WaitAsync(ReleaseImage image, CancellationToken cancellationToken)
    {
        try
        {
            await registries.ResolveAsync(image.KeyReference, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryApiException exception) when (exception.MayMeanAbsent)
        {
            // It answers, and that is all that is wanted.
        }
    }
}
