using System.Net;

namespace Orchestrator.Registry.Tests;

/// <summary>Which proxy the environment's variables name. The cases of exceptions are those of Go's own tests, where it has one.</summary>
internal sealed class VariableProxyTests
{
    [TestCase("*", "https://registry.example/", true)]
    [TestCase("example", "https://registry.example/", true, TestName = "What is below a name counts without a dot")]
    [TestCase("registry.example", "https://registry.example/", true)]
    [TestCase("registry.example", "https://myregistry.example/", false)]
    [TestCase(".example", "https://registry.example:5000/", true)]
    [TestCase("*.example", "https://registry.example/", true)]
    [TestCase(".registry.example", "https://registry.example/", false, TestName = "With a dot a name is not one of those below it")]
    [TestCase("Registry.EXAMPLE", "https://registry.example/", true)]
    [TestCase("other, registry.example ,", "https://registry.example/", true)]
    [TestCase("registry.example:5000", "https://registry.example:5000/", true)]
    [TestCase("registry.example:443", "https://registry.example/", true)]
    [TestCase("registry.example:443", "http://registry.example/", false)]
    [TestCase("10.0.0.0/8", "https://10.1.2.3:5000/", true)]
    [TestCase("10.1.2.3/8", "https://10.9.9.9/", true)]
    [TestCase("10.0.0.0/8", "https://11.1.2.3/", false)]
    [TestCase("10.0.0.0/99", "https://10.1.2.3/", false)]
    [TestCase("10.1.2.3", "https://10.1.2.3:5000/", true)]
    [TestCase("10.1.2.3:80", "https://10.1.2.3:5000/", false)]
    [TestCase("fd00::/8", "https://[fd00::1]:5000/", true)]
    [TestCase("[fd00::1]:5000", "https://[fd00::1]:5000/", true)]
    [TestCase("fd00::1", "https://[fd00::2]/", false)]
    [TestCase("10", "https://10.1.2.3/", false)]
    [TestCase(":5000", "https://registry.example:5000/", false)]
    [TestCase("münchen.example", "https://xn--mnchen-3ya.example/", true)]
    [TestCase("", "https://localhost:5000/", true, TestName = "This machine by its name")]
    [TestCase("", "https://127.0.0.7/", true, TestName = "This machine by its address")]
    [TestCase("", "https://registry.example/", false)]
    public void Exceptions_are_those_of_Docker(string exceptions, string destination, bool isException)
    {
        var proxy = Proxy(("HTTPS_PROXY", "http://proxy:3128"), ("HTTP_PROXY", "http://proxy:3128"), ("NO_PROXY", exceptions));

        Assert.That(proxy.IsBypassed(new Uri(destination)), Is.EqualTo(isException));
        Assert.That(proxy.GetProxy(new Uri(destination)), Is.EqualTo(isException ? null : new Uri("http://proxy:3128/")));
    }

    [TestCase("HTTPS_PROXY=proxy:3128", "https://a.example/", "http://proxy:3128/")]
    [TestCase("HTTPS_PROXY=proxy:3128", "http://a.example/", null)]
    [TestCase("https_proxy=https://proxy", "https://a.example/", "https://proxy/")]
    [TestCase("http_proxy=http://small HTTP_PROXY=http://large", "http://a.example/", "http://large/")]
    [TestCase("ALL_PROXY=socks5h://proxy:1080", "http://a.example/", "socks5://proxy:1080")]
    [TestCase("ALL_PROXY=http://all HTTPS_PROXY=http://own", "https://a.example/", "http://own/")]
    [TestCase("HTTP_PROXY=http://proxy HTTPS_PROXY=what://is", "https://a.example/", null)]
    public void Each_scheme_has_its_proxy(string variables, string destination, string? proxy) =>
        Assert.That(Proxy([.. variables.Split(' ').Select(variable => variable.Split('=')).Select(pair => (pair[0], pair[1]))]).GetProxy(new Uri(destination)), Is.EqualTo(proxy is null ? null : new Uri(proxy)));

    [Test]
    public void A_login_is_in_no_address()
    {
        var proxy = Proxy(("HTTPS_PROXY", "http://me:se%3Acret@proxy:3128"));
        var address = proxy.GetProxy(new Uri("https://a.example/"))!;

        Assert.That(address, Is.EqualTo(new Uri("http://proxy:3128/")));
        Assert.That(proxy.Credentials!.GetCredential(address, "Basic"), Is.EqualTo(new NetworkCredential("me", "se:cret")).Using<NetworkCredential>((one, other) => (one.UserName, one.Password) == (other.UserName, other.Password)));
        Assert.That(proxy.Credentials!.GetCredential(new Uri("http://other:3128"), "Basic"), Is.Null);
    }

    [Test]
    public void Without_variables_the_system_decides() => Assert.That(Proxy(("NO_PROXY", "a")), Is.SameAs(HttpClient.DefaultProxy));

    private static IWebProxy Proxy(params (string Name, string Value)[] variables) => VariableProxy.Of(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
