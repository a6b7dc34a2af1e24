using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>sbom</c>: true, false, or <c>generator=REF</c>.</summary>
internal static class SbomGenerator
{
    /// <summary>What BuildKit takes where none is named (https://docs.docker.com/build/metadata/attestations/sbom/).</summary>
    private const string Usual = "docker/buildkit-syft-scanner:stable-1";

    private const string Option = "generator=";

    /// <returns>The reference of the image that writes it; an empty one for none.</returns>
    public static Located<string>? Read(KeyedMapping section, DiagnosticBag diagnostics)
    {
        if (section.FilledText("sbom") is not { } text)
        {
            return null;
        }

        var generator = text.Value.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => Usual,
            "FALSE" or "NO" or "OFF" => "",
            _ => text.Value.Length > Option.Length && text.Value.StartsWith(Option, StringComparison.Ordinal) ? text.Value[Option.Length..] : null,
        };
        if (generator is null || (generator.Length > 0 && (generator == "scratch" || !ImageReference.TryParse(generator, out _))))
        {
            diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "sbom", "it must be true, false or generator=REF, with the reference of an image"));
            return null;
        }

        return text with { Value = generator };
    }
}
