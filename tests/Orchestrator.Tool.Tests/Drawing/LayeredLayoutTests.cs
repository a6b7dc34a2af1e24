using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Tests.Drawing;

/// <summary>Places for images, at sizes from one to more than anybody has.</summary>
internal sealed class LayeredLayoutTests
{
    private const double Height = 30;

    [TestCase(1), TestCase(6), TestCase(60), TestCase(300)]
    public void Every_image_has_one_place_of_its_own(int count)
    {
        var columns = LayeredLayout.Of(SampleGraph.Of(count), Height);

        Assert.That(columns.SelectMany(column => column.Cells).Where(cell => !cell.IsLane).Select(cell => cell.Image.Name).Order(), Is.EqualTo(SampleGraph.Of(count).Select(image => image.Name).Order()));
        foreach (var cells in columns.Select(column => column.Cells))
        {
            foreach (var (upper, lower) in cells.Zip(cells.Skip(1)))
            {
                // Rounded to whole units, so at most one may be missing.
                Assert.That(lower.Y - upper.Y, Is.GreaterThanOrEqualTo((upper.IsLane || lower.IsLane ? upper.IsLane && lower.IsLane ? 6 : 23 : 40) - 1));
            }
        }
    }

    [TestCase(6), TestCase(60), TestCase(300)]
    public void Each_line_goes_from_column_to_column_and_arrives(int count)
    {
        var images = SampleGraph.Of(count);
        var columns = LayeredLayout.Of(images, Height);
        var columnOf = columns.Index().SelectMany(column => column.Item.Cells.Select(cell => (cell, column.Index))).ToDictionary();

        Assert.That(columnOf.Keys.SelectMany(cell => cell.Right.Select(next => columnOf[next] - columnOf[cell])), Is.All.EqualTo(1));
        foreach (var (cell, _) in columnOf.Where(cell => !cell.Key.IsLane))
        {
            Assert.That(Arrivals(cell, cell).Select(image => image.Name).Order(), Is.EqualTo(images.Where(image => image.Bases.Contains(cell.Image.Name)).Select(image => image.Name).Order()), cell.Image.Name);
        }
    }

    [Test]
    public void A_wave_of_many_images_has_several_columns()
    {
        var images = SampleGraph.Of(1).Concat(Enumerable.Range(0, 200).Select(index => new DrawnImage($"app-{index}", "app", 1, ["image-0"]))).ToList();

        var columns = LayeredLayout.Of(images, Height);

        Assert.That(columns.Count(column => column.Wave == 1), Is.InRange(4, 10));
        Assert.That(columns.Select(column => column.Wave), Is.Ordered);
        Assert.That(columns.Max(column => column.Cells.Count(cell => !cell.IsLane)), Is.LessThan(40));
    }

    [Test]
    public void A_chain_is_straight()
    {
        DrawnImage[] images = [new("a", "a", 0, []), new("b", "b", 1, ["a"]), new("c", "c", 2, ["b"])];

        Assert.That(LayeredLayout.Of(images, Height).SelectMany(column => column.Cells).Select(cell => cell.Y).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Bases_that_are_not_drawn_lead_nowhere() => Assert.That(LayeredLayout.Of([new DrawnImage("a", "a", 0, ["elsewhere"])], Height).Single().Cells.Single().Left, Is.Empty);

    [Test]
    public void The_same_graph_is_drawn_the_same_everywhere() => Assert.That(Places(), Is.EqualTo(new[]
    {
        "image-0@65", "image-1@28 image-2@72 past:image-0@95", "image-3@61 past:image-0@84 past:image-2@106", "image-4@20 image-5@60 past:image-0@83 image-8@106", "image-6@72", "image-7@72",
    }));

    private static IEnumerable<DrawnImage> Arrivals(Cell cell, Cell from) => cell.Right.SelectMany(next => !next.IsLane ? [next.Image] : next.Image == from.Image ? Arrivals(next, from) : []);

    private static List<string> Places() => [.. LayeredLayout.Of(SampleGraph.Of(9), Height).Select(column => string.Join(' ', column.Cells.Select(cell => $"{(cell.IsLane ? "past:" : "")}{cell.Image.Name}@{cell.Y}")))];
}
