using Orchestrator.Dockerfiles;
using Orchestrator.Git;

namespace Orchestrator.Pinning;

/// <summary>Asks a repository for the commit of a ref, in the order in which BuildKit looks for it; nothing is fetched.</summary>
/// <param name="directory">Where git runs; outside of any repository, so that none of one's settings count.</param>
/// <param name="patience">How long git may take.</param>
internal sealed class GitSource(string directory, TimeSpan patience, string executable = "git")
{
    private const string Peeled = "^{}";

    public async Task<RemoteAnswer> ResolveAsync(RemoteAddress address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var name = address.Source.Ref!;
            var git = new GitCommand(directory, executable) { Variables = Variables(address) };
            var answer = await git.RunAsync(["ls-remote", "--", Shown(address), name, name + Peeled], limit.Token).ConfigureAwait(false);
            return !answer.IsSuccess ? new RemoteAnswer(null, "git says '" + address.Hide(answer.Complaint).TrimEnd('.') + "'")
                : Find(answer.Lines, name) is { } commit ? new RemoteAnswer(commit)
                : new RemoteAnswer(null, $"the repository has no branch and no tag '{name}'");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RemoteAnswer(null, $"git had no answer after {patience.TotalSeconds:0} seconds");
        }
        catch (GitMissingException exception)
        {
            return new RemoteAnswer(null, exception.Message);
        }
    }

    /// <param name="lines"><c>COMMIT TAB REF</c>; a tag that is an object of its own has a second line for what it points to.</param>
    /// <param name="name">A ref in full, or as much of it as a branch or a tag needs.</param>
    internal static string? Find(IEnumerable<string> lines, string name)
    {
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parts in lines.Select(line => line.Split('\t')).Where(parts => parts.Length == 2))
        {
            refs[parts[1]] = parts[0];
        }

        string[] places = name == RemoteSource.DefaultRef ? [name] : [Under("refs/"), Under("refs/heads/"), Under("refs/tags/")];
        return places.Select(place => refs.GetValueOrDefault(place + Peeled) ?? refs.GetValueOrDefault(place)).FirstOrDefault(commit => commit is not null);

        string Under(string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;
    }

    /// <summary>A process's arguments are for everybody to see: a password goes the way of a setting in its environment.</summary>
    private static Dictionary<string, string> Variables(RemoteAddress address) => address.UserInfo is null ? [] : new()
    {
        ["GIT_CONFIG_COUNT"] = "1",
        ["GIT_CONFIG_KEY_0"] = $"url.{address.Fetched}.insteadOf",
        ["GIT_CONFIG_VALUE_0"] = Shown(address),
    };

    private static string Shown(RemoteAddress address) => address.Hide(address.Fetched);
}
