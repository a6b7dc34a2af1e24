using Orchestrator.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Graph.Yaml;

/// <summary>
/// Text in, positioned tree out. Drives YamlDotNet's event parser and not its <c>YamlStream</c>, which costs 80 ms more at start-up.
/// Knows nothing of graph files. Stops at the first error of syntax; duplicate keys and the like are collected.
/// </summary>
internal sealed partial class YamlReader
{
    /// <summary>Compose's tags (https://github.com/compose-spec/compose-spec/blob/main/13-merge.md).</summary>
    private const string Reset = "!reset";
    private const string Override = "!override";

    private const int MaximumDepth = 64;
    private const int MaximumExpansion = 100_000;

    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private readonly Dictionary<string, Anchor> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpan> _openAnchors = new(StringComparer.Ordinal);
    private readonly bool _isCompose;

    /// <summary>Values so far, those that aliases stand for included.</summary>
    private int _values;

    /// <summary>Of these, what aliases brought.</summary>
    private int _expanded;

    private YamlReader(string file, string text, bool isCompose, DiagnosticBag diagnostics)
    {
        _file = file;
        _isCompose = isCompose;
        _diagnostics = diagnostics;
        _parser = new Parser(new StringReader(text));
    }

    /// <returns>The root of the only document; null when it is empty or a diagnostic was added.</returns>
    public static YamlNode? Read(string file, string text, DiagnosticBag diagnostics)
    {
        var reader = new YamlReader(file, text, isCompose: false, diagnostics);
        return reader.Guarded(text, reader.ReadDocument);
    }

    /// <summary>As Compose reads: several documents lie over each other, <c>!reset</c> and <c>!override</c> are kept, an anchor may be declared again.</summary>
    /// <returns>The roots of the documents; null when a diagnostic was added.</returns>
    public static IReadOnlyList<YamlNode>? ReadCompose(string file, string text, DiagnosticBag diagnostics)
    {
        var reader = new YamlReader(file, text, isCompose: true, diagnostics);
        return reader.Guarded(text, reader.ReadDocuments);
    }

    private T? Guarded<T>(string text, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (YamlException exception)
        {
            _diagnostics.Add(Explain(exception, text));
            return null;
        }
        catch (YamlLimitException exception)
        {
            _diagnostics.Add(exception.Diagnostic);
            return null;
        }
    }

    private List<YamlNode> ReadDocuments()
    {
        var roots = new List<YamlNode>();
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            roots.Add(ReadNode(0));
            _parser.Consume<DocumentEnd>();
        }

        return roots;
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            _diagnostics.Add(Rules.YamlSeveralDocuments.At(SpanOf(second)));
            return null;
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var place = SpanOf(_parser.Current!);
        if (depth > MaximumDepth)
        {
            throw new YamlLimitException(Rules.YamlTooDeep.At(place, MaximumDepth));
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias.Value.Value, place);
        }

        var before = _values;
        _values++;
        var head = _parser.Consume<NodeEvent>();
        var tag = TagOf(head, place);
        var anchor = head.Anchor.IsEmpty ? null : Open(head.Anchor.Value, place);
        YamlNode node = head switch
        {
            Scalar scalar => ToScalar(scalar, place),
            SequenceStart sequence => ReadSequence(place, sequence.Style == SequenceStyle.Flow, depth),
            _ => ReadMapping(place, ((MappingStart)head).Style == MappingStyle.Flow, depth),
        };
        node = tag is null ? node : node with { Tag = tag };
        if (anchor is not null)
        {
            _openAnchors.Remove(anchor);
            _anchors[anchor] = new Anchor(node, _values - before);
        }

        return node;
    }

    private YamlSequence ReadSequence(SourceSpan place, bool isFlow, int depth)
    {
        var items = new List<YamlNode>();
        SequenceEnd end;
        while (!_parser.TryConsume(out end!))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlSequence(place, items) { Closing = isFlow ? SpanOf(end) : null };
    }

    private YamlMapping ReadMapping(SourceSpan place, bool isFlow, int depth)
    {
        var lines = new List<YamlEntry>();
        MappingEnd end;
        while (!_parser.TryConsume(out end!))
        {
            var isMerge = _parser.Current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar name)
            {
                _diagnostics.Add(Rules.YamlKeyNotText.At(key.Span, key.Kind));
            }
            else
            {
                lines.Add(new YamlEntry(name, value) { IsMerge = isMerge });
            }
        }

        return new YamlMapping(place, Unique(lines)) { Closing = isFlow ? SpanOf(end) : null };
    }

    private List<YamlEntry> Unique(List<YamlEntry> lines)
    {
        var first = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        var kept = new List<YamlEntry>();
        foreach (var line in lines)
        {
            if (first.TryAdd(line.Key.Value, line))
            {
                kept.Add(line);
            }
            else
            {
                _diagnostics.Add(Rules.YamlDuplicateKey.At(line.Key.Span, line.Key.Value, first[line.Key.Value].Key.Span.Line));
            }
        }

        var taken = kept.Where(line => !line.IsMerge && line.Value.Tag != Reset).Select(line => line.Key.Value).ToHashSet(StringComparer.Ordinal);
        return Overridden([.. kept.SelectMany(line => line.IsMerge ? Merged(line.Value, taken) : [line])]);
    }

    /// <summary>What a mapping resets and <c>&lt;&lt;</c> brings in again stays, in Compose: nothing goes but what the mapping is laid over.</summary>
    private static List<YamlEntry> Overridden(List<YamlEntry> lines)
    {
        var reset = lines.Where(line => line.Value.Tag == Reset).Select(line => line.Key.Value).ToHashSet(StringComparer.Ordinal);
        if (reset.Count == 0)
        {
            return lines;
        }

        var brought = lines.Where(line => line.Value.Tag != Reset && reset.Contains(line.Key.Value)).Select(line => line.Key.Value).ToHashSet(StringComparer.Ordinal);
        return [.. lines.Where(line => line.Value.Tag != Reset || !brought.Contains(line.Key.Value))
            .Select(line => brought.Contains(line.Key.Value) ? line with { Value = line.Value with { Tag = Override } } : line)
            .DistinctBy(line => line.Key.Value)]; // it may be reset where it comes from, too
    }

    /// <summary>The entries that <c>&lt;&lt;</c> brings in: earlier mappings win over later ones, written keys over all (https://yaml.org/type/merge.html).</summary>
    private List<YamlEntry> Merged(YamlNode value, HashSet<string> taken)
    {
        var entries = new List<YamlEntry>();
        foreach (var source in value is YamlSequence list ? list.Items : [value])
        {
            if (source is YamlMapping mapping)
            {
                entries.AddRange(mapping.Entries.Where(entry => taken.Add(entry.Key.Value)));
            }
            else
            {
                _diagnostics.Add(Rules.YamlMergeNeedsMapping.At(source.Span, source.Kind));
            }
        }

        return entries;
    }
}
