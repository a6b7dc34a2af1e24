using System.Text.Json;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tests.Reporters;

internal sealed class JsonTextTests
{
    [Test]
    public void No_text_in_it_is_a_command_to_a_log()
    {
        const string Text = "##vso[task.complete]";

        var json = JsonText.Of(Text, writer => writer.WriteString("text", Text));

        Assert.That(json, Does.Not.Contain("#"));
        Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("text").GetString(), Is.EqualTo(Text));
    }
}
