namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>The player of pipelines judges as Azure does, or the page's conditions would be tried against something else.</summary>
internal sealed class AzureConditionTests
{
    private const string Waves = "dependencies.plan.outputs['ci.waves']";

    [TestCase("2", 2, true)]
    [TestCase("10", 2, true)]
    [TestCase("1", 2, false)]
    [TestCase("", 1, false)]
    public void A_number_on_the_left_compares_numbers(string waves, int least, bool holds) =>
        Assert.That(Condition(waves).Holds($"and(succeeded(), le({least}, {Waves}))"), Is.EqualTo(holds));

    [TestCase("2", true)]
    [TestCase("10", false)]
    public void A_variable_on_the_left_compares_texts(string waves, bool holds) => Assert.That(Condition(waves).Holds($"and(succeeded(), ge({Waves}, 2))"), Is.EqualTo(holds));

    [Test]
    public void What_is_said_of_failures_and_of_nothing_is_true()
    {
        Assert.That(Condition("1").Holds("not(or(failed(), canceled()))"), Is.True);
        Assert.That(Condition("1").Holds(null), Is.True);
        Assert.That(Condition("1").Holds("and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))"), Is.True);
    }

    private static AzureCondition Condition(string waves) => new(new Dictionary<string, string> { [Waves] = waves });
}
