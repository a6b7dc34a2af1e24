using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Finds secrets and ssh agents when a step asks for them. A value exists only on its way to the daemon: it is never logged, hashed or stored.
/// </summary>
/// <remarks>
/// To the builder "there is none" is an answer: it leaves out what a step mounts unless the mount says <c>required</c>. The image without it would have the key of the
/// image with it, so that answer is only given for what the graph does not name.
/// </remarks>
internal sealed class BuildSecrets(BuildDefinition build, IReadOnlyDictionary<string, string> environment)
{
    /// <returns>Null when the graph does not name it, or its variable is not set and no step was seen to mount it.</returns>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    public async Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var secret = build.Secrets.FirstOrDefault(secret => secret.Value.Id == id)?.Value;
        return secret?.File is { } file ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
            : secret is not null && Value(secret) is { } value ? Encoding.UTF8.GetBytes(value)
            : null;
    }

    /// <returns>Null when the graph does not name it.</returns>
    /// <exception cref="IOException">No agent answers; the message says why, as the end of a sentence.</exception>
    public async Task<Stream?> OpenAgentAsync(string id, CancellationToken cancellationToken)
    {
        if (build.Ssh.Select(agent => agent.Value.Split('=', 2)).FirstOrDefault(agent => agent[0] == id) is not { } declared)
        {
            return null;
        }

        var path = declared.Length > 1 ? declared[1] : AgentSocket.Usual(environment) ?? throw new IOException("SSH_AUTH_SOCK is not set, and the graph names no socket");
        return await AgentSocket.OpenAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the graph names and this machine does not have: a file, or what a step mounts of variables and agents. Null when all is there.</summary>
    public async Task<Diagnostic?> ObstacleAsync(ResolvedImage image, CancellationToken cancellationToken)
    {
        foreach (var (secret, place) in build.Secrets.Select(secret => (secret.Value, secret.Span)))
        {
            var reason = secret.File is { } file ? File.Exists(file) ? null : $"the file '{file}' does not exist."
                : Value(secret) is null && IsMounted(image, "secret", secret.Id) ? $"the variable '{secret.EnvironmentVariable ?? secret.Id}' is not set."
                : null;
            if (reason is not null)
            {
                return Rules.SecretMissing.At(place, "secret", secret.Id, image.Node.DisplayName, reason);
            }
        }

        foreach (var agent in build.Ssh)
        {
            var id = agent.Value.Split('=')[0];
            if (IsMounted(image, "ssh", id) && await ReasonAsync(id, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                return Rules.SecretMissing.At(agent.Span, "ssh agent", id, image.Node.DisplayName, reason + ".");
            }
        }

        return null;
    }

    private string? Value(BuildSecret secret) => environment.GetValueOrDefault(secret.EnvironmentVariable ?? secret.Id) ?? secret.Variables.Find(secret.EnvironmentVariable ?? secret.Id);

    /// <summary>What cannot be known counts as mounted.</summary>
    private static bool IsMounted(ResolvedImage image, string type, string id) =>
        image.HasOtherFrontend || image.Closure.Mounts.Any(mount => mount.Type == type && (!mount.IsCertain || mount.AskedId == id));

    private async Task<string?> ReasonAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await using var agent = await OpenAgentAsync(id, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
