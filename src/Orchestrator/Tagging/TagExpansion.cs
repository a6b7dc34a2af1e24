using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Keys;

namespace Orchestrator.Tagging;

/// <summary>Puts values into tag templates. A value that is not there is a diagnostic, unless there is one of it already, and never an empty text.</summary>
internal sealed class TagExpansion(ReleaseFacts facts, DiagnosticBag diagnostics)
{
    private const int CommitDigits = 7;
    private const int KeyDigits = 12;

    /// <summary>Of git's usual hash; there are longer ones.</summary>
    private const int WholeCommit = 40;

    /// <param name="key">The image's key; null when it is not known.</param>
    /// <param name="branchTag">How a branch is written.</param>
    /// <returns>Null when a value is missing or the result is not a tag.</returns>
    public string? Expand(TagTemplate template, ImageNode node, CacheKey? key, Func<string, string> branchTag)
    {
        var values = template.Pieces.Select(piece => piece.Placeholder is null ? piece.Text : Value(piece, template, node, key, branchTag)).ToList();
        if (values.Contains(null))
        {
            return null;
        }

        var tag = string.Concat(values);
        if (TagGrammar.Objection(tag) is not { } objection)
        {
            return tag;
        }

        diagnostics.Add(Rules.InvalidTag.At(template.Span, template.Text, tag, objection));
        return null;
    }

    private string? Value(TagPiece piece, TagTemplate template, ImageNode node, CacheKey? key, Func<string, string> branchTag)
    {
        var version = facts.Version.Value;
        return piece.Placeholder switch
        {
            TagPlaceholder.Sha => Commit(piece, template),
            TagPlaceholder.Branch => facts.Branch.Value is { } branch ? branchTag(branch) : Missing(template, "branch", facts.Branch),
            TagPlaceholder.Target => node.Build.Target?.Value ?? Missing(template, "target", $"'{node.Name}' is built to the end of its Dockerfile, without 'target'"),
            TagPlaceholder.Key => key is { } known ? Digits(known.Hex, piece.Length ?? KeyDigits) : Missing(template, "key", $"that of '{node.Name}' is not known before what it is built from is built"),
            _ when version is null => Missing(template, "version", facts.Version),
            TagPlaceholder.Version => version.ToNormalizedString(),
            TagPlaceholder.Major => version.Major.ToString(CultureInfo.InvariantCulture),
            TagPlaceholder.Minor => version.Minor.ToString(CultureInfo.InvariantCulture),
            TagPlaceholder.Patch => version.Patch.ToString(CultureInfo.InvariantCulture),
            _ => version.IsPrerelease ? version.Release : Missing(template, "prerelease", $"{version.ToNormalizedString()} is a release"),
        };
    }

    /// <summary>Of a commit that was given in short there may be too few digits: then the tag would be another one than from git.</summary>
    private string? Commit(TagPiece piece, TagTemplate template)
    {
        var length = piece.Length ?? CommitDigits;
        return facts.Commit.Value is not { } commit ? Missing(template, "commit", facts.Commit)
            : commit.Length < Math.Min(length, WholeCommit) ? Missing(template, $"commit with {length} digits", $"'{commit}' has {commit.Length}")
            : Digits(commit, length) + (facts.IsDirty ? "-dirty" : "");
    }

    private static string Digits(string hash, int length) => hash[..Math.Min(length, hash.Length)];

    private string? Missing<T>(TagTemplate template, string value, Fact<T> fact)
        where T : class => fact.IsReported ? null : Missing(template, value, fact.Words);

    private string? Missing(TagTemplate template, string value, string reason)
    {
        diagnostics.Add(Rules.TagValueMissing.At(template.Span, template.Text, value, reason));
        return null;
    }
}
