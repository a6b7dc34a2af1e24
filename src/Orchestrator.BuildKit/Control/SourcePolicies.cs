using System.Text.RegularExpressions;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Control;

/// <summary>
/// Turns options into a source policy (buildkit-wire 9). The daemon tries the rules in their order on each source; a rule that changes the source has it begin again, and
/// of those that allow and refuse the last one that matches decides.
/// </summary>
internal static class SourcePolicies
{
    private const string HttpChecksum = "http.checksum";
    private const string GitChecksum = "git.checksum";

    /// <returns>Null when there is nothing to say.</returns>
    public static Policy? Of(SolveOptions options)
    {
        List<Rule> rules = [.. options.SourceConversions.Select(Convert), .. options.SourceChecksums.Select(Check), .. options.RefusesUnpinnedSources ? [.. Refusals(), .. options.AdmittedSources.Select(Admit)] : Array.Empty<Rule>()];
        return rules.Count == 0 ? null : new Policy { Version = 1, Rules = { rules } };
    }

    // An expression for exactly this text: the daemon ignores the replacement of a rule whose match type is EXACT. In a replacement $ is special.
    private static Rule Convert(SourceConversion conversion) => new()
    {
        Action = PolicyAction.Convert,
        Selector = new Selector { Identifier = $"^{Regex.Escape(conversion.Identifier)}$", MatchType = Protos.MatchType.Regex },
        Updates = new Update { Identifier = conversion.Replacement.Replace("$", "$$", StringComparison.Ordinal) },
    };

    private static Rule Check(SourceChecksum file) => new()
    {
        Action = PolicyAction.Convert,
        Selector = new Selector { Identifier = file.Url, MatchType = Protos.MatchType.Exact, Constraints = { Without(HttpChecksum) } },
        Updates = new Update { Attrs = { [HttpChecksum] = file.Digest } },
    };

    private static Rule[] Refusals() =>
    [
        Decide(PolicyAction.Deny, "^https?://", HttpChecksum),
        Decide(PolicyAction.Deny, "^git://", GitChecksum),
        Decide(PolicyAction.Allow, "^git://[^#]*#([0-9a-f]{40}|[0-9a-f]{64})(:|$)"),
    ];

    private static Rule Admit(string identifier) => new() { Action = PolicyAction.Allow, Selector = new Selector { Identifier = identifier, MatchType = Protos.MatchType.Exact } };

    private static Rule Decide(PolicyAction action, string expression, params IEnumerable<string> absent) => new()
    {
        Action = action,
        Selector = new Selector { Identifier = expression, MatchType = Protos.MatchType.Regex, Constraints = { absent.Select(Without) } },
    };

    /// <summary>An attribute that is not there counts as empty.</summary>
    private static AttrConstraint Without(string attribute) => new() { Key = attribute, Value = "", Condition = AttrMatch.Equal };
}
