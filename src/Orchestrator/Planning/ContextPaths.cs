using Orchestrator.BuildKit.FileSync;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Which part of each context a target can see, computed as BuildKit's frontend computes what it asks for (buildkit-wire 5.6): the union of the
/// sources of COPY, ADD and bind mounts of all stages that are needed.
/// </summary>
internal static class ContextPaths
{
    /// <param name="closure">What the target takes in.</param>
    /// <param name="context">The name of a named context; null is the main one.</param>
    /// <returns>Clean relative paths, wildcards kept, sorted; null is all of it, empty is nothing.</returns>
    public static IReadOnlyList<string>? Of(StageClosure closure, string? context)
    {
        if (context is not null && closure.ExternalImages.Any(use => use.Kind is ImageUseKind.From or ImageUseKind.StageReplacement && Familiar(use.Reference.Value) == context))
        {
            return null;
        }

        var uses = closure.ContextUses.Where(use => (use.From is null ? null : Familiar(use.From)) == context).ToList();
        if (uses.Exists(use => !use.IsCertain) || (context is null && closure.NeedsBaseEnvironment))
        {
            return null;
        }

        // Where the builder asks for everything, it does not tell what it takes, so nothing would show that it knows another value: a pattern would find less than there is.
        if (context is null && uses.Exists(use => use.HasVariables) && Idle(closure).Contains(""))
        {
            return null;
        }

        var paths = uses.SelectMany(use => use.Sources).Select(source => PathText.CleanBelowRoot(source.Value)).ToHashSet(StringComparer.Ordinal);
        return paths.Contains("") ? null : [.. paths.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// What BuildKit asks of the main context without need: the source of a tmpfs mount, which is everything when there is none, remote sources of ADD
    /// that do not begin with http, and all that stages take which it only looks at.
    /// </summary>
    public static IReadOnlyList<string> Idle(StageClosure closure)
    {
        var idle = closure.Idle.ContextUses.Where(use => use.From is null).SelectMany(use => use.Sources).Select(source => source.Value);
        var mounts = closure.Mounts.Concat(closure.Idle.Mounts).Where(mount => mount.Type == "tmpfs" && mount.From is null).Select(mount => mount.Source);
        var remotes = closure.RemoteUses.Concat(closure.Idle.RemoteUses).Select(use => use.Url.Value).Where(url => !url.StartsWith("http://", StringComparison.Ordinal) && !url.StartsWith("https://", StringComparison.Ordinal));
        return [.. idle.Concat(mounts).Concat(remotes).Select(PathText.CleanBelowRoot).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Under this name BuildKit knows named contexts, and looks references up among them.</summary>
    public static string Familiar(string name) => ImageReference.TryParse(name, out var reference) ? reference.Familiar : name;
}
