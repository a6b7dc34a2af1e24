using System.Text;
using Orchestrator.Testing;
using Orchestrator.Tool.Live;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tests.Live;

public sealed class PushRowTests
{
    [Test]
    public void An_image_that_is_pushed_is_a_row_on_a_terminal_and_no_line_beside_it()
    {
        var output = new StringBuilder();
        using (IRunReporter reporter = new LiveReporter(new Terminal(new Look(HasColour: false, HasUnicode: false), () => (80, 24), text => Append(output, text)), TimeProvider.System))
        {
            reporter.PushStarted("api", "registry.example/acme/api");
            reporter.Pushing("api", 1_000_000, 2_000_000);
            Assert.That(() => Text(output), Does.Contain("pushing").After(5_000, 20));
            reporter.PushEnded("api");
            reporter.Say("pushed     api");
        }

        Assert.That(Text(output), Does.Not.Contain("pushing api to"));
        Assert.That(new Screen(80).Take(Text(output)).Text.Trim(), Is.EqualTo("pushed     api"));
    }

    private static void Append(StringBuilder output, string text)
    {
        lock (output)
        {
            output.Append(text);
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
