using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Takes what is private out of what the daemon says of its steps: it names them with the addresses that ADD fetches as they are, and with the values of build arguments
/// in place of their names.
/// </summary>
internal sealed class PrivateText
{
    /// <summary>A value of fewer characters is a switch or a number more often than a secret, and half of all words would have to go with it.</summary>
    private const int ShortestValue = 4;

    /// <summary>A value of so many characters goes wherever it stands, a shorter one where it stands as a word.</summary>
    private const int ShortestPart = 8;

    private static readonly string[] Switches = ["true", "false", "none", "null"];

    private readonly List<RemoteAddress> _addresses;
    private readonly Regex? _values;

    public PrivateText(ResolvedImage image)
    {
        _addresses = [.. image.Closure.RemoteUses.Select(use => use.Address).Where(address => address.UserInfo is not null || address.Query is not null)];
        // The longest first: one may be the beginning of another.
        var values = image.Node.Build.Arguments.Where(argument => PrivateValue.IsNamed(argument.Key)).Select(argument => argument.Value.Value?.Trim() ?? "")
            .Where(value => value.Length >= ShortestValue && !Switches.Contains(value, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).OrderByDescending(value => value.Length).ToList();
        _values = values.Count == 0 ? null : new Regex(
            string.Join('|', values.Select(value => value.Length < ShortestPart ? $@"(?<!\w){Regex.Escape(value)}(?!\w)" : Regex.Escape(value))), RegexOptions.CultureInvariant);
    }

    public string Hide(string text)
    {
        foreach (var address in _addresses)
        {
            text = address.Hide(text);
        }

        return _values?.Replace(text, "***") ?? text;
    }

    public SolveEvent Hide(SolveEvent news) => _addresses.Count == 0 && _values is null ? news : news switch
    {
        VertexUpdate step => step with { Name = Hide(step.Name), Error = Hide(step.Error) },
        ProgressUpdate part => part with { Id = Hide(part.Id), Name = Hide(part.Name) },
        WarningUpdate warning => warning with { Short = Hide(warning.Short), Detail = [.. warning.Detail.Select(Hide)] },
        LogChunk output when Encoding.UTF8.GetString(output.Data.Span) is var text && Hide(text) is var hidden && hidden != text => output with { Data = Encoding.UTF8.GetBytes(hidden) },
        _ => news,
    };
}
