using System.Globalization;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Keys;

/// <summary>
/// The key of one image: one ordered walk over everything that decides what it contains (design: cache keys). Nothing absolute, no owner and no time
/// is in it; nothing that only the text of the Dockerfile has, such as comments and stages that the target does not need.
/// </summary>
internal static class ImageKey
{
    /// <summary>Raise it when the walk changes; every image is then built once more.</summary>
    private const string FormatVersion = "4";

    /// <summary>What makes a build fail by its own checks (<c># check=error=true</c>); which ones are only told decides nothing.</summary>
    private const string FailingChecks = "error=";

    /// <summary>Between the name of a base and the reference that means it.</summary>
    public const string ParentSeparator = " as ";

    /// <summary>Arguments that BuildKit or its frontend reads itself, declared or not.</summary>
    private static readonly string[] BuilderArguments = ["BUILDKIT_", "SOURCE_DATE_EPOCH"];

    public static CacheKey Compute(KeyInputs inputs)
    {
        using var key = new KeyWriter();
        Write(inputs, key);
        return key.Finish();
    }

    public static void Write(KeyInputs inputs, IKeySink key)
    {
        key.Field(KeySections.Format, FormatVersion);
        key.Field(KeySections.Platform, inputs.Platform);
        key.Field(KeySections.Syntax, inputs.Document.FindDirective(Directive.Syntax)?.Value);
        key.Field(KeySections.Escape, inputs.Document.EscapeToken.ToString());
        key.Field(KeySections.Check, inputs.Document.FindDirective(Directive.Check)?.Value is { } check && check.Contains(FailingChecks, StringComparison.OrdinalIgnoreCase) ? check : null);
        key.Field(KeySections.Dockerfile, inputs.IsOtherFrontend ? $"{inputs.Definition.Target?.Value}\n{inputs.Document.Text}" : null);
        WriteStages(inputs.Closure, key);
        WriteArguments(inputs, key);
        WriteDefinition(inputs, key);
        key.Files(KeySections.Context, inputs.Context);
        var named = inputs.NamedContexts.Where(pair => pair.Value.Request.IsUsed).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        key.List(KeySections.NamedContexts, named.Count);
        foreach (var (name, snapshot) in named)
        {
            key.Files(name, snapshot);
        }

        WritePairs(key, KeySections.Bases, inputs.Parents.Select(parent => new NamedText(parent.Name + ParentSeparator + parent.Reference, parent.Key)));
        WritePairs(key, KeySections.Externals, inputs.Externals);
        if (inputs.Remotes.Count > 0)
        {
            WritePairs(key, KeySections.Remotes, inputs.Remotes);
        }

        if (inputs.Refresh is { } stamp)
        {
            key.Field(KeySections.Refresh, stamp);
        }

        if (inputs.Others.Count > 0)
        {
            WriteOthers(inputs.Others, key);
        }
    }

    /// <summary>What an image of one platform does not have; nothing of it is in such a key.</summary>
    private static void WriteOthers(IReadOnlyList<StageClosure> others, IKeySink key)
    {
        key.List(KeySections.Others, others.Count);
        foreach (var closure in others)
        {
            WriteStages(closure, key);
            WriteArguments(closure, key);
        }
    }

    /// <summary>Stages by their place among those that are needed, so that a stage that is not needed may come and go.</summary>
    private static void WriteStages(StageClosure closure, IKeySink key)
    {
        var places = new Dictionary<int, int>();
        foreach (var link in closure.Links)
        {
            places.Add(link.Stage.Index, places.Count);
        }

        key.List(KeySections.Stages, closure.Links.Count);
        foreach (var link in closure.Links)
        {
            key.Field(KeySections.Stage, link.IsReplaced ? $"replaced by {link.Stage.Name}" : link.Stage.From.Normalized);
            if (link.IsReplaced)
            {
                continue;
            }

            key.Field(KeySections.Base, link.BaseStage is { } place ? places[place].ToString(CultureInfo.InvariantCulture) : link.Base.Value);
            key.Field(KeySections.StagePlatform, link.Platform);
            key.List(KeySections.Instructions, link.Instructions.Count);
            foreach (var instruction in link.Instructions)
            {
                key.Field(KeySections.Instruction, instruction.Normalized);
                foreach (var flag in instruction.Flags)
                {
                    if (link.Sources.TryGetValue(flag, out var source))
                    {
                        key.Field(KeySections.Source, places[source].ToString(CultureInfo.InvariantCulture));
                    }
                }
            }
        }

        key.Field(KeySections.Target, places[closure.Target.Index].ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteArguments(KeyInputs inputs, IKeySink key)
    {
        WriteArguments(inputs.Closure, key);
        WritePairs(key, KeySections.BuilderArguments, inputs.Definition.Arguments
            .Where(argument => inputs.IsOtherFrontend || BuilderArguments.Any(name => argument.Key.StartsWith(name, StringComparison.Ordinal)))
            .Select(argument => new NamedText(argument.Key, argument.Value.Value)));
        WritePairs(key, KeySections.Proxies, inputs.Proxies);
    }

    private static void WriteArguments(StageClosure closure, IKeySink key)
    {
        key.List(KeySections.Arguments, closure.Arguments.Count);
        foreach (var argument in closure.Arguments)
        {
            key.Field(argument.Name, argument.Value);
        }
    }

    private static void WriteDefinition(KeyInputs inputs, IKeySink key)
    {
        var build = inputs.Definition;
        WritePairs(key, KeySections.Labels, build.Labels.Select(pair => new NamedText(pair.Key, pair.Value.Value)));
        WritePairs(key, KeySections.ContextReferences, build.AdditionalContexts.Where(pair => !Path.IsPathRooted(pair.Value.Value)).Select(pair => new NamedText(pair.Key, pair.Value.Value)));
        key.Field(KeySections.Network, build.Network?.Value);
        key.Field(KeySections.SharedMemory, build.SharedMemorySize?.Value.ToString(CultureInfo.InvariantCulture));
        WritePairs(key, KeySections.ExtraHosts, build.ExtraHosts.Select(host => new NamedText(host.Value, "")));
        WritePairs(key, KeySections.Ulimits, build.Ulimits.Select(limit => new NamedText(limit.Value, "")));
        WritePairs(key, KeySections.Secrets, build.Secrets.Select(secret => new NamedText(secret.Value.Id, "")));
        WritePairs(key, KeySections.Ssh, build.Ssh.Select(agent => new NamedText(agent.Value.Split('=')[0], "")));
        WriteOptional(build, inputs.Document, key);
    }

    /// <summary>Only what is there: a key without any of it is as it was before these were known.</summary>
    private static void WriteOptional(BuildDefinition build, DockerfileDocument document, IKeySink key)
    {
        if (build.Entitlements.Count > 0)
        {
            WritePairs(key, KeySections.Entitlements, build.Entitlements.Select(entitlement => new NamedText(entitlement.Value, "")));
        }

        if (build.Provenance is { } provenance)
        {
            key.Field(KeySections.Provenance, build.ProvenanceOption);
            if (provenance.Value == ProvenanceMode.Max)
            {
                // It tells all of them, whether a step takes them or not.
                key.Field(KeySections.AttestedDockerfile, document.Text);
                WritePairs(key, KeySections.AttestedArguments, build.Arguments.Select(argument => new NamedText(argument.Key, argument.Value.Value)));
            }
        }

        if (build.SbomGenerator is { } generator)
        {
            // What the generator is, is among the bases or the external images.
            key.Field(KeySections.Sbom, generator.Value);
        }

        if (build.CarriesCache)
        {
            key.Field(KeySections.InlineCache, "");
        }

        if (build.Annotations.Count > 0)
        {
            WritePairs(key, KeySections.Annotations, build.Annotations.Select(pair => new NamedText(pair.Key, pair.Value.Value)));
        }
    }

    private static void WritePairs(IKeySink key, string name, IEnumerable<NamedText> pairs)
    {
        var sorted = NamedText.Sorted(pairs);
        key.List(name, sorted.Count);
        foreach (var pair in sorted)
        {
            key.Field(pair.Name, pair.Value);
        }
    }
}
