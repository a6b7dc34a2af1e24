using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Reads the directives at the very top; the first line that is none ends them. BuildKit reads them twice, and a little differently: once for
/// <c>syntax</c> and <c>check</c> (a <c>#!</c> line may come first, no indentation), once for <c>escape</c> (the other way round).
/// </summary>
internal static partial class DirectiveReader
{
    public static IReadOnlyList<Directive> Read(DockerfileSource source, DiagnosticBag diagnostics)
    {
        var lenient = ReadAll(source, isIndentable: true, diagnostics).Where(directive => directive.Name == Directive.Escape);
        var strict = ReadAll(source, isIndentable: false, null).Where(directive => directive.Name != Directive.Escape);
        return [.. strict.Concat(lenient).OrderBy(directive => directive.Span.Line)];
    }

    private static List<Directive> ReadAll(DockerfileSource source, bool isIndentable, DiagnosticBag? diagnostics)
    {
        var text = source.Text;
        var position = !isIndentable && text.StartsWith("#!", StringComparison.Ordinal) ? NextLine(text, 0) : 0;
        var directives = new List<Directive>();
        while (position < text.Length)
        {
            var next = NextLine(text, position);
            var start = isIndentable ? next - text.AsSpan(position, next - position).TrimStart().Length : position;
            var match = Line().Match(text[start..next].TrimEnd('\r', '\n'));
            var name = match.Groups["name"].Value.ToUpperInvariant() switch
            {
                "SYNTAX" => Directive.Syntax,
                "ESCAPE" => Directive.Escape,
                "CHECK" => Directive.Check,
                _ => null,
            };
            if (name is null)
            {
                return directives;
            }

            var value = match.Groups["value"];
            var span = source.Span(start + value.Index, start + value.Index + value.Length);
            if (directives.Exists(directive => directive.Name == name))
            {
                diagnostics?.Add(Rules.RepeatedDirective.At(span, name));
                return directives;
            }

            directives.Add(new Directive(name, value.Value, span));
            position = next;
        }

        return directives;
    }

    private static int NextLine(string text, int position)
    {
        var feed = text.IndexOf('\n', position);
        return feed < 0 ? text.Length : feed + 1;
    }

    [GeneratedRegex(@"\A#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=[\t\f\r ]*(?<value>.+?)[\t\f\r ]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
