using System.Text;
using Orchestrator.BuildKit.Control;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Building;

/// <summary>Takes what is private in the addresses that ADD fetches out of what the daemon says of its steps: it names them as they are.</summary>
internal sealed class PrivateText
{
    private readonly List<RemoteAddress> _addresses;

    public PrivateText(IEnumerable<RemoteUse> uses) => _addresses = [.. uses.Select(use => use.Address).Where(address => address.UserInfo is not null || address.Query is not null)];

    public string Hide(string text)
    {
        foreach (var address in _addresses)
        {
            text = address.Hide(text);
        }

        return text;
    }

    public SolveEvent Hide(SolveEvent news) => _addresses.Count == 0 ? news : news switch
    {
        VertexUpdate step => step with { Name = Hide(step.Name), Error = Hide(step.Error) },
        ProgressUpdate part => part with { Id = Hide(part.Id), Name = Hide(part.Name) },
        WarningUpdate warning => warning with { Short = Hide(warning.Short), Detail = [.. warning.Detail.Select(Hide)] },
        LogChunk output when Encoding.UTF8.GetString(output.Data.Span) is var text && Hide(text) is var hidden && hidden != text => output with { Data = Encoding.UTF8.GetBytes(hidden) },
        _ => news,
    };
}
