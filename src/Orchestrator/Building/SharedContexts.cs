using System.Collections.Concurrent;
using Orchestrator.BuildKit;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;
using Orchestrator.Contexts;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Building;

/// <summary>
/// Directories that several images of a run take in as named contexts. The builder keeps what it was sent apart by session, so in the images' own sessions each image would send
/// them again: these are served by one session more, and sent once.
/// </summary>
/// <remarks>
/// Daemons before BuildKit 0.16 do not know that a directory may come from another session, nor do some frontends. They ask the image's own, which has it under the same name.
/// </remarks>
internal sealed class SharedContexts : IAsyncDisposable
{
    private const int DigitsOfName = 16;

    private readonly BuildKitClient _builder;
    private readonly string _sharedKey;
    private readonly HashSet<string> _requests;
    private readonly ConcurrentDictionary<string, ISyncTree> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Request, string Digest), string> _names = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private BuildSession? _session;

    /// <param name="builder">Opens the session when the first image needs it.</param>
    /// <param name="images">What is going to be built.</param>
    /// <param name="machineId">Tells this machine's copies of directories, which daemons keep, from those of others.</param>
    public SharedContexts(BuildKitClient builder, IEnumerable<PlannedImage> images, string machineId)
    {
        _builder = builder;
        _sharedKey = GraphState.NameFor($"{machineId}\nshared contexts");
        _requests = images.SelectMany(image => image.Inputs?.NamedContexts.Values.Select(context => context.Request).Where(request => request.IsUsed).Select(request => request.Identity).Distinct() ?? [])
            .GroupBy(request => request, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>By the names of an image's contexts, those that other images take in as well.</returns>
    /// <exception cref="BuildKitConnectionException">The session could not be opened.</exception>
    public async Task<IReadOnlyDictionary<string, SharedContext>> OfAsync(PlannedImage image, CancellationToken cancellationToken)
    {
        var contexts = image.Inputs!.NamedContexts.Where(context => _requests.Contains(context.Value.Request.Identity)).ToList();
        if (contexts.Count == 0)
        {
            return new Dictionary<string, SharedContext>();
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session is null || _session.Completed.IsCompleted)
            {
                _session = await _builder.OpenSessionAsync(new SessionOptions { SharedKey = _sharedKey, Directories = _directories }, cancellationToken).ConfigureAwait(false);
            }

            return contexts.ToDictionary(context => context.Key, context => Place(context.Value, _session), StringComparer.Ordinal);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    /// <summary>What was planned again has another name, and so has what failed once: the daemon remembers both by name.</summary>
    private SharedContext Place(ContextSnapshot snapshot, BuildSession session)
    {
        var known = (snapshot.Request.Identity, snapshot.Digest);
        if (!_names.TryGetValue(known, out var name) || session.FailureOf(name) is not null)
        {
            // The same in every run, so that the daemon is sent only what changed since the last one.
            var stem = "shared-" + GraphState.NameFor($"{snapshot.Request.Identity}\n{snapshot.DirectoryModes}")[..DigitsOfName];
            name = stem;
            for (var number = 2; _directories.ContainsKey(name); number++)
            {
                name = $"{stem}-{number}";
            }

            _names[known] = name;
            _directories[name] = new PlannedTree(snapshot);
        }

        return new SharedContext(name, _directories[name], session);
    }
}
