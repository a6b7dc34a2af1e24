using Orchestrator.Building;
using Orchestrator.Docker;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Planning;

/// <summary>Texts as engines wrote them.</summary>
internal sealed class TransferTroubleTests
{
    [TestCase("Get \"http://127.0.0.1:5998/v2/\": dial tcp 127.0.0.1:5998: connect: connection refused")]
    [TestCase("received unexpected HTTP status: 503 Service Unavailable")]
    [TestCase("toomanyrequests: slow down")]
    [TestCase("unexpected EOF")]
    [TestCase("Patch \"http://127.0.0.1:5999/v2/a/b/blobs/uploads/x\": EOF")]
    [TestCase("blob upload unknown to registry")]
    public void What_may_pass_is_tried_again(string text) => Assert.That(TransferTrouble.MayPass(new DockerApiException(500, text)), Is.True);

    [TestCase("no basic auth credentials")]
    [TestCase("unauthorized: authentication required")]
    [TestCase("denied: requested access to the resource is denied")]
    [TestCase("push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed")]
    [TestCase("received unexpected HTTP status: 403 Forbidden")]
    public void What_is_denied_is_never_tried_again(string text)
    {
        var exception = new DockerApiException(500, text);

        Assert.That((TransferTrouble.IsDenied(exception), TransferTrouble.MayPass(exception)), Is.EqualTo((true, false)));
    }

    [TestCase("An image does not exist locally with the tag: a/b")]
    [TestCase("name unknown: repository name not known to registry")]
    [TestCase("tag invalid: the image is immutable")]
    public void An_answer_is_an_answer(string text) => Assert.That(TransferTrouble.MayPass(new DockerApiException(500, text)), Is.False);

    /// <summary>Digests are full of numbers.</summary>
    [TestCase("manifest for r.example/a@sha256:4290000000000000000000000000000000000000000000000000000000000000 not found: manifest unknown: manifest unknown", false)]
    [TestCase("no matching manifest for linux/amd64 in the manifest list entries", false)]
    [TestCase("pull access denied, repository does not exist or may require authorization", false)]
    [TestCase("failed to copy: httpReadSeeker: failed open: unexpected status code http://r.example/v2/a/blobs/sha256:0: 503 Service Unavailable", true)]
    [TestCase("download failed after attempts=6: unexpected EOF", true)]
    [TestCase("unknown: failed to resolve reference \"r.example/a:1\": unexpected status from HEAD request to http://r.example/v2/a/manifests/1: 403 Forbidden", false)]
    public void A_pull_that_failed_is_tried_again_only_when_it_may_pass(string text, bool mayPass)
    {
        var pulled = new DockerApiException(500, text) { IsOfTransfer = true };

        Assert.That(Transient.Is(pulled), Is.EqualTo(mayPass));
        Assert.That(Transient.Is(new DockerApiException(500, text)), Is.True, "an answer of the engine's own");
    }
}
