using System.IO.Pipes;
using System.Security.Cryptography;
using Orchestrator.Building;

namespace Orchestrator.Tests.Building;

/// <summary>The agent of Windows listens at a named pipe.</summary>
[Platform("Win")]
internal sealed class AgentSocketTests
{
    [TestCase(@"\\.\pipe\")]
    [TestCase("//./pipe/")]
    [TestCase(@"\\.\\pipe/")]
    public async Task A_pipe_is_opened(string folder)
    {
        var name = "orchestrator-" + RandomNumberGenerator.GetHexString(8);
        await using var agent = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var accepting = agent.WaitForConnectionAsync();

        await using var opened = await AgentSocket.OpenAsync(folder + name, CancellationToken.None);

        await accepting;
        Assert.That(agent.IsConnected);
    }

    [Test]
    public void A_pipe_that_does_not_exist_is_named() =>
        Assert.That(async () => await AgentSocket.OpenAsync(@"\\.\pipe\orchestrator-nowhere", CancellationToken.None), Throws.InstanceOf<IOException>().With.Message.Contains("there is no pipe"));

    [Test]
    public void The_pipe_of_openssh_is_the_usual_one() => Assert.That(AgentSocket.Usual(new Dictionary<string, string>()), Is.EqualTo(@"\\.\pipe\openssh-ssh-agent"));
}
