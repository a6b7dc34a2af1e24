using Orchestrator.Building;
using Orchestrator.Graph;

namespace Orchestrator.Tests.Building;

/// <summary>Whose names are whose, and when they are nobody's any more.</summary>
internal sealed class HeldNamesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly ImageGraph _graph = Graph("shop");

    [Test]
    public void A_name_says_which_image_it_holds_and_is_a_reference()
    {
        var name = new HeldNames(_graph, Now).Of("sha256:abc");

        Assert.That(name, Does.Match("^held[.]orchestrator[.]invalid/shop/[0-9]+-[0-9a-f]{8}:sha256-abc$"));
        Assert.That(ImageReference.Parse(name).Tag, Is.EqualTo("sha256-abc"));
    }

    [Test]
    public void No_two_runs_have_a_name_in_common() => Assert.That(new[] { new HeldNames(_graph, Now).Of("one"), new HeldNames(_graph, Now).Of("one") }, Is.Unique);

    [TestCase(0, false)]
    [TestCase(24, false)]
    [TestCase(49, true)]
    [TestCase(-49, false, Description = "somebody's clock is ahead")]
    public void A_name_is_left_over_when_its_run_began_days_ago(int hours, bool isLeftover) =>
        Assert.That(HeldNames.IsLeftover(_graph, new HeldNames(_graph, Now.AddHours(-hours)).Of("one"), Now), Is.EqualTo(isLeftover));

    [TestCase("held.orchestrator.invalid/shop/latest:1")]
    [TestCase("held.orchestrator.invalid/shop2/1-0badcafe:1")]
    [TestCase("orchestrator.invalid/shop/1-0badcafe:1")]
    [TestCase("shop/1-0badcafe:1")]
    public void Nothing_else_is_left_over(string name) => Assert.That(HeldNames.IsLeftover(_graph, name, Now), Is.False);

    private static ImageGraph Graph(string name) => new() { Name = name, File = "/r/images.yml", Root = "/r", Images = [] };
}
