using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Planning;

/// <summary>What an attestation must not tell everybody.</summary>
internal sealed class AttestationLimitsTests
{
    [TestCase("ADD https://me:canary@host/file /", true)]
    [TestCase("ADD https://host/file?sig=canary /", true)]
    [TestCase("ADD https://canary@host/r.git#main /", true)]
    [TestCase("ADD ssh://git:canary@host/r.git /", true)]
    [TestCase("ADD https://host/file /", false)]
    [TestCase("ADD git@host:r.git#main /", false)]
    [TestCase("ADD https://host/r.git?ref=main /", false)]
    public void An_address_with_something_private_is_not_attested(string add, bool isPrivate)
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", $"FROM scratch\n{add}\n");
        repository.Write("images.yml", "images:\n  app: { context: app, provenance: true }\n");

        var found = Check(repository, usesContainerdStore: true);

        Assert.That(found.Select(item => (item.Code, item.Span.Line)), Is.EqualTo(isPrivate ? new[] { ("ORC3027", 2) } : []));
        Assert.That(found.Select(item => item.Message), Has.None.Contain("canary"));
        Assert.That(Check(repository, usesContainerdStore: false).Select(item => item.Code), Is.EqualTo(new[] { "ORC1047" }), "the other store can tell nothing");
    }

    [Test]
    public void Without_an_attestation_nothing_is_told()
    {
        using var repository = new KeyRepository();
        repository.Write("app/Dockerfile", "FROM scratch\nADD https://me:canary@host/file /\n");

        Assert.That(Check(repository, usesContainerdStore: true), Is.Empty);
    }

    private static IReadOnlyList<Diagnostic> Check(KeyRepository repository, bool usesContainerdStore)
    {
        var diagnostics = new DiagnosticBag();
        AttestationLimits.Check(repository.ResolvedGraph(), usesContainerdStore, [], diagnostics);
        return diagnostics.Items;
    }
}
