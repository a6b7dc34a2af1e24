using Orchestrator.Docker.Api;

namespace Orchestrator.Docker.Tests.Api;

public sealed class UrlPathTests
{
    [TestCase("shop/web:1.0", "shop/web:1.0")]
    [TestCase("localhost:5000/a/b_c-d:x@sha256:0a", "localhost:5000/a/b_c-d:x@sha256:0a")]
    [TestCase("a b?c#d%e\r\n", "a%20b%3Fc%23d%25e%0D%0A")]
    [TestCase("ä", "%C3%A4")]
    public void References_are_escaped_but_stay_readable(string reference, string expected) =>
        Assert.That(UrlPath.Escape(reference), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("..")]
    [TestCase("../containers/x")]
    [TestCase("a/./b")]
    [TestCase("/a")]
    [TestCase("a//b")]
    public void References_that_would_lead_elsewhere_are_refused(string reference) =>
        Assert.That(() => UrlPath.Escape(reference), Throws.ArgumentException);
}
