using System.Reflection;

namespace Orchestrator.Diagnostics;

/// <summary>
/// The one table that owns code, severity, sentence and help of every diagnostic. Each area has a file of its own:
/// ORC0xxx environment and engine, ORC1xxx graph file, ORC2xxx Dockerfile and context, ORC3xxx build.
/// Codes are never reused.
/// </summary>
internal static partial class Rules
{
    /// <summary>All rows in the order of their codes. Computed on use: field initialisers of partial types have no fixed order.</summary>
    public static IReadOnlyList<Rule> All =>
    [
        .. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(row => row.FieldType == typeof(Rule))
            .Select(row => (Rule)row.GetValue(null)!)
            .OrderBy(rule => rule.Code, StringComparer.Ordinal),
    ];
}
