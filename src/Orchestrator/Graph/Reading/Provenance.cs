using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>provenance</c>: true, false, <c>mode=min</c> or <c>mode=max</c>.</summary>
internal static class Provenance
{
    public static Located<ProvenanceMode>? Read(KeyedMapping section, DiagnosticBag diagnostics)
    {
        if (section.FilledText("provenance") is not { } text)
        {
            return null;
        }

        ProvenanceMode? mode = text.Value.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" or "MODE=MIN" => ProvenanceMode.Min,
            "MODE=MAX" => ProvenanceMode.Max,
            "FALSE" or "NO" or "OFF" => ProvenanceMode.None,
            _ => null,
        };
        if (mode is { } known)
        {
            return new Located<ProvenanceMode>(known, text.Span);
        }

        diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "provenance", "it must be true, false, mode=min or mode=max; other options are not supported yet"));
        return null;
    }
}
