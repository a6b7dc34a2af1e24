using System.Globalization;
using Orchestrator.Git;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Stamps an image with the commit and the time of its build. They decide nothing: an image that is up to date keeps those of its build. Git is asked once, and only when something is built.
/// </summary>
/// <param name="git">In the graph's root.</param>
/// <param name="time">Tells when an image is built.</param>
/// <param name="cancellationToken">Stops git.</param>
internal sealed class BuildStamps(GitCommand git, TimeProvider time, CancellationToken cancellationToken)
{
    private const string EpochArgument = "SOURCE_DATE_EPOCH";
    private readonly Lazy<Task<string?>> _revision = new(() => Task.Run(() => AskAsync(git, cancellationToken), cancellationToken));

    /// <summary>Asks git now, for whoever wants to know later.</summary>
    public void Prepare() => _ = _revision.Value;

    /// <returns>Without those that the user sets, in the graph file or in the Dockerfile: BuildKit would put ours over them.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(ResolvedImage image, CancellationToken cancellationToken)
    {
        var stamps = new Dictionary<string, string>(StringComparer.Ordinal) { [StampLabels.Created] = CreatedAt(image).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        if (await _revision.Value.WaitAsync(cancellationToken).ConfigureAwait(false) is { } revision)
        {
            stamps.Add(StampLabels.Revision, revision);
        }

        foreach (var name in image.Closure.Labels.Concat(image.Node.Build.Labels.Select(label => label.Key)))
        {
            stamps.Remove(name);
        }

        return stamps;
    }

    /// <summary>Who sets an epoch wants the same bytes from every build.</summary>
    private DateTimeOffset CreatedAt(ResolvedImage image)
    {
        var given = image.Node.Build.Arguments.LastOrDefault(argument => argument.Key == EpochArgument).Value?.Value;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : time.GetUtcNow();
    }

    /// <summary>Null where git knows none: no repository, no commit yet, no git.</summary>
    private static async Task<string?> AskAsync(GitCommand git, CancellationToken cancellationToken)
    {
        try
        {
            var status = await git.RunAsync(GitState.Arguments, cancellationToken).ConfigureAwait(false);
            return status.IsSuccess ? GitState.Parse(status.Lines).Revision : null;
        }
        catch (GitMissingException)
        {
            return null;
        }
    }
}
