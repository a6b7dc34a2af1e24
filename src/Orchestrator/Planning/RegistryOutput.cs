namespace Orchestrator.Planning;

/// <summary>
/// Decides where images are to be in a registry and need not be on the engine. There, what the registry has goes before what the engine has: every agent
/// finds the same builds, and builds on them.
/// </summary>
internal static class RegistryOutput
{
    /// <summary>Prerequisite: no base of the image will be built, and no build was asked for.</summary>
    public static async Task<PlannedImage> DecideAsync(PlannedImage image, FoundImage found, BaseBuilds bases, CancellationToken cancellationToken)
    {
        if (image.Remembered is { } remembered && await bases.AreThoseOfAsync(image.Image, remembered, cancellationToken).ConfigureAwait(false))
        {
            return image with { Action = PlanAction.Present, Reason = $"`{remembered.Reference.Registry}` has it", Size = remembered.Size };
        }

        var replaces = image.Remembered is not null;
        if (found.ImageId is not null && await bases.AreThoseOfAsync(image.Image, found, cancellationToken).ConfigureAwait(false))
        {
            return image with { Action = PlanAction.Push, Reason = replaces ? "its registry has one on an older build of its bases" : "its registry does not have it", ImageId = found.ImageId, Size = found.Size, Replaces = replaces };
        }

        return replaces || found.ImageId is not null
            ? image with { Reason = $"built on an older build of {string.Join(", ", image.Image.Bases.Select(name => $"`{name}`"))}", Replaces = replaces }
            : image with { Reason = found.Reason, IsUnexplained = found.Trouble is null };
    }

    /// <summary>What something is built on has to be on the engine after all: pulled, unless the engine has that very build.</summary>
    /// <param name="planned">All images; changed in place.</param>
    public static async Task FetchBasesAsync(Dictionary<string, PlannedImage> planned, ExistenceProof proof, BaseBuilds bases, CancellationToken cancellationToken)
    {
        var needed = planned.Values.Where(image => image.Action == PlanAction.Build)
            .SelectMany(image => image.Image.Bases.Select(name => (Base: name, User: image.Image.Node.DisplayName))).DistinctBy(use => use.Base).ToList();
        foreach (var (name, user) in needed.Where(use => planned[use.Base].Action == PlanAction.Present))
        {
            var image = planned[name];
            var here = proof.Find(image).ImageId;
            var isSame = here is not null && await bases.OnEngineAsync(image, cancellationToken).ConfigureAwait(false) == image.Remembered!.Identity;
            planned[name] = isSame ? image with { ImageId = here } : image with { Action = PlanAction.Pull, Reason = $"`{user}` is built on it, and {image.Reason}" };
        }
    }
}
