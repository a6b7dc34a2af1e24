using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A plan for a person: what would happen to each image and why, and what nothing pins.</summary>
internal static class PlanText
{
    public static IEnumerable<string> Lines(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        var width = plan.Images.Select(image => image.Image.Node.DisplayName.Length).DefaultIfEmpty(0).Max();
        var published = tags.ToDictionary(image => image.Node.Name, StringComparer.Ordinal);
        foreach (var image in plan.Images)
        {
            yield return $"{image.Image.Node.DisplayName.PadRight(width)}  {image.Action.Word(),-10}  {image.Reason}";
            if (published.TryGetValue(image.Name, out var names) && names.Tags.Count > 0)
            {
                yield return $"{new string(' ', width)}  would be published as {TagsText.Line(names)}";
            }
        }

        foreach (var use in plan.Images.SelectMany(image => FloatingReference.Of(image.Image, plan.Locked).Select(reference => (reference, image.Image.Node.DisplayName))).GroupBy(use => use.reference.Reference, StringComparer.Ordinal))
        {
            var users = string.Join(", ", use.Select(user => user.DisplayName));
            yield return $"floating: {use.Key} ({users}), {(use.First().reference.IsContentKnown ? "as the engine has it now" : "whose changes are not noticed")}; pin it to build the same everywhere";
        }
    }
}
