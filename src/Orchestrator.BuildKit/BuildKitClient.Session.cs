using Orchestrator.BuildKit.Session;

namespace Orchestrator.BuildKit;

/// <content>Sessions.</content>
public sealed partial class BuildKitClient
{
    /// <summary>Opens a session; the one place that chooses the channel (buildkit-wire 1.1).</summary>
    public async Task<BuildSession> OpenSessionAsync(SessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.SharedKey);
        var server = await ServerAsync(cancellationToken).ConfigureAwait(false);
        var id = Identifier.New();
        var announcement = SessionMethods.Announcement(id, options.SharedKey);
        var stream = _sessionChannel == SessionChannel.Upgrade
            ? await _transport.OpenSessionAsync(announcement, cancellationToken).ConfigureAwait(false)
            : await SessionTunnel.OpenAsync(_control, announcement, cancellationToken).ConfigureAwait(false);
        StreamConnection connection = null!;
        var session = new BuildSession(id, options, () => connection.DisposeAsync());
        connection = server.Serve(stream, session);
        return session;
    }

    private async Task<SessionServer> ServerAsync(CancellationToken cancellationToken)
    {
        await _serverGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _server ??= await SessionServer.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _serverGate.Release();
        }
    }
}
