using System.Collections.Immutable;
using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of images.yml.</summary>
internal static class GraphMutations
{
    public static Mutant? NamedContext(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var bases = scenario.Images.TakeWhile(other => other != image).Select(other => other.Name).ToList();
        var name = chance.Of(["extra", "s0", "s1", "given", "context", "busybox", "local/busybox", .. bases]);
        if (image.NamedContexts.TryGetValue(name, out var before) && chance.Happens(40))
        {
            return new Mutant(scenario.With(image, image with { NamedContexts = image.NamedContexts.Remove(name) }), $"{image.Name}: named context {name} ({before}) is gone");
        }

        var value = chance.Of(["shared", "shared/data", image.Context, .. bases.Select(item => "image:" + item), "docker-image://" + ScenarioGenerator.Shell, "docker-image://scratch"]);
        return value == before || (value == "shared/data" && !scenario.Files.Keys.Any(path => path.StartsWith("shared/data/", StringComparison.Ordinal))) ? null
            : new Mutant(scenario.With(image, image with { NamedContexts = image.NamedContexts.SetItem(name, value) }), $"{image.Name}: named context {name} from {before ?? "(none)"} to {value}");
    }

    public static Mutant? Label(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var name = chance.Of("team", "note", "org.opencontainers.image.vendor");
        return new Mutant(scenario.With(image, image with { Labels = image.Labels.SetItem(name, chance.Word()) }), $"{image.Name}: label {name}");
    }

    public static Mutant? Run(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var changed = chance.Happens(50) ? image with { Network = image.Network is null ? "none" : null } : image with { ExtraHost = image.ExtraHost is null ? "db=10.0.0." + chance.Below(250) : null };
        return new Mutant(scenario.With(image, changed), $"{image.Name}: network {changed.Network ?? "(default)"}, extra host {changed.ExtraHost ?? "(none)"}");
    }

    /// <summary>The whole folder moves; what is in it does not change.</summary>
    public static Mutant? Folder(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        if (image.Context == "." || scenario.Images.Any(other => other != image && (other.Context == "." || other.NamedContexts.ContainsValue(image.Context))))
        {
            return null;
        }

        var moved = image.Context.StartsWith("moved-", StringComparison.Ordinal) ? image.Context["moved-".Length..] : "moved-" + image.Context;
        var files = scenario.Files.ToBuilder();
        foreach (var (path, entry) in scenario.Files.Where(item => item.Key.StartsWith(image.Context + "/", StringComparison.Ordinal)))
        {
            files.Remove(path);
            files[moved + path[image.Context.Length..]] = entry;
        }

        var named = image.NamedContexts.ToImmutableSortedDictionary(item => item.Key, item => item.Value == image.Context ? moved : item.Value, StringComparer.Ordinal);
        return new Mutant((scenario with { Files = files.ToImmutable() }).With(image, image with { Context = moved, NamedContexts = named }), $"{image.Name}: folder {image.Context} is called {moved}");
    }
}
