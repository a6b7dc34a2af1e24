using System.Xml.Linq;
using Orchestrator.Tool.Drawing;

namespace Orchestrator.Tool.Tests.Drawing;

/// <summary>A graph as SVG.</summary>
internal sealed class GraphDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [TestCase(0), TestCase(1), TestCase(6), TestCase(300)]
    public void It_stands_alone_and_shows_every_image(int count)
    {
        var svg = Draw([.. SampleGraph.Of(count)]);

        Assert.That(svg.Name, Is.EqualTo(Svg + "svg"));
        Assert.That(svg.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == "label").Select(text => text.Value).Order(), Is.EqualTo(SampleGraph.Of(count).Select(image => image.Label).Order()));
        Assert.That(svg.Elements(Svg + "title").Single().Value + svg.Elements(Svg + "desc").Single().Value, Is.EqualTo("A titleIn words"));
        Assert.That(svg.Element(Svg + "style")!.Value, Does.Contain("prefers-color-scheme: dark"));
        Assert.That(svg.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Value), Has.None.Contain("//"), "nothing is loaded from elsewhere");
    }

    [TestCase(6), TestCase(300)]
    public void Nothing_lies_outside_of_it_and_no_image_over_another(int count)
    {
        var svg = Draw([.. SampleGraph.Of(count)]);
        var boxes = svg.Descendants(Svg + "g").Select(image => image.Element(Svg + "rect")!).Select(box => (X: Number(box, "x"), Y: Number(box, "y"), Width: Number(box, "width"), Height: Number(box, "height"))).ToList();

        Assert.That(boxes, Has.Count.EqualTo(count));
        Assert.That(boxes.Where(box => box.X < 0 || box.Y < 0 || box.X + box.Width > Number(svg, "width") || box.Y + box.Height > Number(svg, "height")), Is.Empty);
        Assert.That(boxes.Index().Where(one => boxes.Skip(one.Index + 1).Any(other => Overlap(one.Item, other))), Is.Empty);
    }

    [Test]
    public void Names_are_escaped_and_long_ones_are_shortened_but_told()
    {
        var name = "<b>&\"" + new string('x', 100);

        var image = Draw([new DrawnImage("a", name, 0, []) { Detail = "built 3.1 s", State = "built" }]).Element(Svg + "g")!;

        Assert.That(image.Elements(Svg + "text").First().Value, Has.Length.EqualTo(34).And.StartsWith("<b>&\"x").And.EndsWith("…"));
        Assert.That(image.Element(Svg + "title")!.Value, Is.EqualTo(name + ", built 3.1 s"));
        Assert.That((string?)image.Attribute("class"), Is.EqualTo("image built"));
    }

    [Test]
    public void The_chain_that_is_emphasised_is_drawn_from_image_to_image()
    {
        DrawnImage[] images = [new("a", "a", 0, []), new("b", "b", 1, ["a"]), new("c", "c", 2, ["a", "b"])];

        Assert.That(Lines(images, "a", "c"), Has.Exactly(1).EqualTo("line critical"), "also past another image");
        Assert.That(Lines(images, "c", "a"), Has.None.EqualTo("line critical"), "there is no such line");
        Assert.That(Lines(images), Has.None.EqualTo("line critical"));
    }

    private static IEnumerable<string?> Lines(IReadOnlyList<DrawnImage> images, params IReadOnlyList<string> chain) => Draw(images, chain).Elements(Svg + "path").Select(path => (string?)path.Attribute("class"));

    private static XElement Draw(IReadOnlyList<DrawnImage> images, params IReadOnlyList<string> chain)
    {
        var markup = new Markup();
        new GraphDrawing(images) { Emphasised = chain }.Write(markup, "A title", "In words", EmbeddedText.Read("graph.css"));
        return XElement.Parse(markup.ToString());
    }

    private static double Number(XElement element, string name) => (double)element.Attribute(name)!;

    private static bool Overlap((double X, double Y, double Width, double Height) one, (double X, double Y, double Width, double Height) other) =>
        one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height && other.Y < one.Y + one.Height;
}
