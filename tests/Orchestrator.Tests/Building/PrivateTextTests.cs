using System.Text;
using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>What is left of the daemon's words where they hold something private.</summary>
internal sealed class PrivateTextTests
{
    private KeyRepository _repository = null!;

    [SetUp]
    public void Open() => _repository = new KeyRepository();

    [TearDown]
    public void Close() => _repository.Dispose();

    [Test]
    public void What_the_daemon_says_is_shown_without_what_is_private()
    {
        _repository.Write("app/Dockerfile", "FROM scratch\nADD https://me:canary@host/file?canary /\n");
        var privacy = new PrivateText(_repository.Resolved());

        var step = (VertexUpdate)privacy.Hide(new VertexUpdate("d", "[1/2] ADD https://me:canary@host/file?canary /", [], false, null, null, "Get \"https://me:***@host/file?canary\": refused"));

        Assert.That(step.Name, Does.StartWith("[1/2] ADD https://host/file?").And.Not.Contain("canary"));
        Assert.That(step.Error, Does.Not.Contain("canary"));
    }

    [TestCase("RUN curl -H 'Bearer canary-value' host", "RUN curl -H 'Bearer ***' host")]
    [TestCase("RUN echo xcanary-valuex canary-value2", "RUN echo x***x ***")]
    [TestCase("RUN login -p abcd1 && echo abcd12", "RUN login -p *** && echo abcd12")]
    [TestCase("RUN make true 1.2.3 ab", "RUN make true 1.2.3 ab")]
    public void The_values_of_arguments_that_look_secret_are_not_shown(string name, string shown)
    {
        _repository.Write("images.yml", "images:\n  app:\n    context: app\n    args: { NPM_TOKEN: canary-value, NPM_TOKEN_2: canary-value2, DB_PASSWORD: abcd1, PRIVATE_BUILD: 'true', AUTH: ab, VERSION: 1.2.3 }\n");
        _repository.Write("app/Dockerfile", "FROM scratch\nARG NPM_TOKEN NPM_TOKEN_2 DB_PASSWORD PRIVATE_BUILD AUTH VERSION\n");
        var privacy = new PrivateText(_repository.Resolved());

        Assert.That(((VertexUpdate)privacy.Hide(new VertexUpdate("d", name, [], false, null, null, ""))).Name, Is.EqualTo(shown));
        Assert.That(Encoding.UTF8.GetString(((LogChunk)privacy.Hide(new LogChunk("d", LogStream.Output, Encoding.UTF8.GetBytes(name), null))).Data.Span), Is.EqualTo(shown));
    }
}
