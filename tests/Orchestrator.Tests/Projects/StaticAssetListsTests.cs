using Orchestrator.Projects;

namespace Orchestrator.Tests.Projects;

internal sealed class StaticAssetListsTests
{
    [Test]
    public void Lists_that_differ_in_times_and_order_become_one()
    {
        var one = StaticAssetLists.Normalized("""{ "Version": 1, "Endpoints": [{"Route":"b"},{"Route":"a","ResponseHeaders":[{"Name":"ETag","Value":"\"+\""},{"Name":"Last-Modified","Value":"Sat, 21 Nov 2026 15:48:28 GMT"}]}] }""");
        var other = StaticAssetLists.Normalized("""{"Version":1,"Endpoints":[{"Route":"a","ResponseHeaders":[{"Name":"ETag","Value":"\"+\""},{"Name":"Last-Modified","Value":"Mon, 01 Jan 2001 00:00:00 GMT"}]},{"Route":"b"}]}""");
        Assert.That(one, Is.EqualTo("""{"Version":1,"Endpoints":[{"Route":"a","ResponseHeaders":[{"Name":"ETag","Value":"\"+\""},{"Name":"Last-Modified","Value":"Thu, 01 Jan 1970 00:00:00 GMT"}]},{"Route":"b"}]}"""));
        Assert.That(other, Is.EqualTo(one));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("{\"Endpoints\":{}}")]
    public void What_is_no_such_list_stays(string text) => Assert.That(StaticAssetLists.Normalized(text), Is.Null);
}
