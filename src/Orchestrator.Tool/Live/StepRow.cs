namespace Orchestrator.Tool.Live;

/// <summary>A step of an image that is being built.</summary>
internal sealed class StepRow(string name)
{
    private const string Internal = "[internal] ";

    private readonly Dictionary<string, Transfer> _parts = new(StringComparer.Ordinal);

    /// <summary>As BuildKit calls it.</summary>
    public string Name { get; } = name.StartsWith(Internal, StringComparison.Ordinal) ? name[Internal.Length..] : name;

    public bool IsHousekeeping { get; } = name.StartsWith(Internal, StringComparison.Ordinal);

    /// <summary>Begun and not ended.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Which step began before which; 0: not yet.</summary>
    public int Order { get; set; }

    /// <summary>The parts of the step that count bytes, such as the layers that it loads, taken together.</summary>
    public Transfer Bytes => new(_parts.Values.Sum(part => part.Current), _parts.Values.Sum(part => Math.Max(part.Total, part.Current)));

    public void Take(string part, Transfer bytes)
    {
        if (bytes.Current > 0 || bytes.Total > 0)
        {
            _parts[part] = bytes;
        }
    }
}
