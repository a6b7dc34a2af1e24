using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

internal sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [TestCase("base-node", "docker.io/library/base-node:latest", "base-node")]
    [TestCase("base-node:latest", "docker.io/library/base-node:latest", "base-node")]
    [TestCase("python:3.9-slim", "docker.io/library/python:3.9-slim", "python:3.9-slim")]
    [TestCase("acme/api:dev", "docker.io/acme/api:dev", "acme/api:dev")]
    [TestCase("docker.io/python", "docker.io/library/python:latest", "python")]
    [TestCase("index.docker.io/library/python", "docker.io/library/python:latest", "python")]
    [TestCase("ghcr.io/acme/api", "ghcr.io/acme/api:latest", "ghcr.io/acme/api")]
    [TestCase("localhost/x", "localhost/x:latest", "localhost/x")]
    [TestCase("localhost:5000/x", "localhost:5000/x:latest", "localhost:5000/x")]
    [TestCase("localhost:5000/x:1", "localhost:5000/x:1", "localhost:5000/x:1")]
    [TestCase("localhost:5000", "docker.io/library/localhost:5000", "localhost:5000")]
    [TestCase("[::1]:5000/x", "[::1]:5000/x:latest", "[::1]:5000/x")]
    [TestCase("HOST/x", "HOST/x:latest", "HOST/x")]
    [TestCase("a__b/c--d", "docker.io/a__b/c--d:latest", "a__b/c--d")]
    [TestCase("x@" + Digest, "docker.io/library/x@" + Digest, "x@" + Digest)]
    [TestCase("x:1@" + Digest, "docker.io/library/x:1@" + Digest, "x:1@" + Digest)]
    [TestCase("x:latest@" + Digest, "docker.io/library/x:latest@" + Digest, "x:latest@" + Digest)]
    public void References_are_normalised_as_docker_does(string text, string whole, string familiar)
    {
        Assert.That(ImageReference.TryParse(text, out var reference), Is.True);
        Assert.That(reference.ToString(), Is.EqualTo(whole));
        Assert.That(reference.Familiar, Is.EqualTo(familiar));
        Assert.That(reference.FamiliarWithTag, Is.EqualTo(whole[whole.IndexOf(familiar, StringComparison.Ordinal)..]));
        Assert.That(ImageReference.Parse(whole), Is.EqualTo(reference));
        Assert.That(ImageReference.Parse(familiar), Is.EqualTo(reference));
    }

    [TestCase("")]
    [TestCase("Base")]
    [TestCase("acme/Api")]
    [TestCase("a b")]
    [TestCase("x:")]
    [TestCase("x:-1")]
    [TestCase("x@sha256:0123")]
    [TestCase("x@" + "md5:0123456789abcdef0123456789abcdef")]
    [TestCase("a...b")]
    [TestCase("a___b")]
    [TestCase("/x")]
    [TestCase("x/")]
    [TestCase("-x")]
    [TestCase("a:b/c")]
    [TestCase("my_host.io/x")]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void What_docker_refuses_is_refused(string text) => Assert.That(ImageReference.TryParse(text, out _), Is.False);

    [Test]
    public void Too_long_a_name_is_refused() => Assert.That(ImageReference.TryParse(new string('a', 256), out _), Is.False);

    [TestCase("ghcr.io/acme/api:1", "ghcr.io/acme", "api:1")]
    [TestCase("ghcr.io/acme-two/api", "ghcr.io/acme", "ghcr.io/acme-two/api")]
    [TestCase("acme/api", "acme", "api")]
    [TestCase("localhost:5000/api", "localhost:5000", "api")]
    [TestCase("api", null, "api")]
    public void A_name_with_the_registry_in_front_is_the_name_without(string text, string? registry, string expected) =>
        Assert.That(ImageReference.Parse(text).WithoutPrefix(registry).Familiar, Is.EqualTo(expected));
}
