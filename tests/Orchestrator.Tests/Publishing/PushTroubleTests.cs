using Orchestrator.Docker;
using Orchestrator.Publishing;

namespace Orchestrator.Tests.Publishing;

/// <summary>Texts as engines wrote them.</summary>
internal sealed class PushTroubleTests
{
    [TestCase("Get \"http://127.0.0.1:5998/v2/\": dial tcp 127.0.0.1:5998: connect: connection refused")]
    [TestCase("received unexpected HTTP status: 503 Service Unavailable")]
    [TestCase("toomanyrequests: slow down")]
    [TestCase("unexpected EOF")]
    [TestCase("Patch \"http://127.0.0.1:5999/v2/a/b/blobs/uploads/x\": EOF")]
    [TestCase("blob upload unknown to registry")]
    public void What_may_pass_is_tried_again(string text) => Assert.That(PushTrouble.MayPass(new DockerApiException(500, text)), Is.True);

    [TestCase("no basic auth credentials")]
    [TestCase("unauthorized: authentication required")]
    [TestCase("denied: requested access to the resource is denied")]
    [TestCase("push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed")]
    [TestCase("received unexpected HTTP status: 403 Forbidden")]
    public void What_is_denied_is_never_tried_again(string text)
    {
        var exception = new DockerApiException(500, text);

        Assert.That((PushTrouble.IsDenied(exception), PushTrouble.MayPass(exception)), Is.EqualTo((true, false)));
    }

    [TestCase("An image does not exist locally with the tag: a/b")]
    [TestCase("name unknown: repository name not known to registry")]
    [TestCase("tag invalid: the image is immutable")]
    public void An_answer_is_an_answer(string text) => Assert.That(PushTrouble.MayPass(new DockerApiException(500, text)), Is.False);
}
