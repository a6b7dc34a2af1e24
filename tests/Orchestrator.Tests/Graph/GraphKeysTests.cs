using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Tests.Graph;

internal sealed class GraphKeysTests
{
    [Test]
    public void Every_key_is_described_in_one_line() =>
        Assert.That(GraphKeys.All, Has.All.Matches<GraphKey>(key => key.Description.EndsWith('.') && !key.Description.Contains('\n', StringComparison.Ordinal)));

    [Test]
    public void Every_finding_of_the_graph_has_its_own_code_and_says_what_to_do()
    {
        var rules = Rules.All.Where(rule => rule.Code.StartsWith("ORC1", StringComparison.Ordinal)).ToList();
        Assert.That(rules.Select(rule => rule.Code), Is.Unique);
        Assert.That(rules, Has.All.Matches<Rule>(rule => rule.Help.EndsWith('.')));
    }
}
