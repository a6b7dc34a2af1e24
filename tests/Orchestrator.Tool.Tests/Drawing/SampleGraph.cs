using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Tests.Drawing;

/// <summary>Graphs to draw.</summary>
internal static class SampleGraph
{
    /// <summary>A base, libraries on it, and the rest on one or two of what came before; the same one each time.</summary>
    public static IReadOnlyList<DrawnImage> Of(int count)
    {
        var images = new List<DrawnImage>();
        var number = 17u;
        for (var index = 0; index < count; index++)
        {
            List<string> bases = index == 0 ? [] : [$"image-{Next(Math.Min(index, 20))}"];
            if (index > 3 && Next(3) == 0)
            {
                bases.Add($"image-{Next(Math.Min(index, 40))}");
            }

            var distinct = bases.Distinct().ToList();
            images.Add(new DrawnImage($"image-{index}", $"image-{index}", distinct.Select(name => images.Single(image => image.Name == name).Wave + 1).DefaultIfEmpty(0).Max(), distinct));
        }

        return images;

        uint Next(int below) => (number = (number * 1103515245u) + 12345u) / 65536u % (uint)below;
    }
}
