namespace Orchestrator.Tool.Live;

/// <summary>
/// What a run is at, as data: changed by what happens, read by <see cref="Frame"/>. Knows no terminal and no clock; every time is since the run
/// began. Not for several threads at once.
/// </summary>
internal sealed class RunState
{
    private readonly Dictionary<string, ImageRow> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TransferRow> _transfers = new(StringComparer.Ordinal);

    /// <summary>In dependency order; empty before there is a plan.</summary>
    public IReadOnlyList<ExpectedImage> Images { get; private set; } = [];

    public int Parallel { get; private set; } = 1;

    public int Settled => _settled.Count;

    public int Failed { get; private set; }

    /// <summary>The longest at work first.</summary>
    public IReadOnlyList<ImageRow> Running => [.. _running.Values.OrderBy(row => row.Started)];

    public IReadOnlyList<TransferRow> Transfers => [.. _transfers.Values.OrderBy(row => row.Started)];

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsBusy => _running.Count > 0 || _transfers.Count > 0;

    public void Plan(IReadOnlyList<ExpectedImage> images, int parallel) => (Images, Parallel) = (images, parallel);

    public void Start(string image, string name, TimeSpan now) => _running[image] = new ImageRow(name, now);

    /// <summary>Null when it is not being built.</summary>
    public ImageRow? Find(string image) => _running.GetValueOrDefault(image);

    public void Settle(string image, bool hasFailed)
    {
        _running.Remove(image);
        _settled.Add(image);
        Failed += hasFailed ? 1 : 0;
    }

    public void Carry(string verb, string name, TimeSpan now) => _transfers.TryAdd(verb + name, new TransferRow(verb, name, now));

    public void Carried(string verb, string name, Transfer bytes)
    {
        if (_transfers.TryGetValue(verb + name, out var row))
        {
            row.Bytes = bytes;
        }
    }

    public void Arrive(string verb, string name) => _transfers.Remove(verb + name);

    /// <summary>How long it will still take; null when that is not known.</summary>
    public TimeSpan? Left(TimeSpan now) =>
        Estimate.Left(Images, _settled, _running.ToDictionary(item => item.Key, item => now - item.Value.Started, StringComparer.Ordinal), Parallel);
}
