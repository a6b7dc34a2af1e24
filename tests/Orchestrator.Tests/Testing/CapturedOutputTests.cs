using System.Text;
using Orchestrator.Docker;
using Orchestrator.Testing;

namespace Orchestrator.Tests.Testing;

/// <summary>What is kept of a container's output.</summary>
internal sealed class CapturedOutputTests
{
    [Test]
    public void Little_is_kept_as_a_whole()
    {
        var output = Written(("one ", false), ("two", true));

        Assert.That(output.Last(7), Is.EqualTo(("one ", "two", "one two")));
    }

    [Test]
    public void Of_much_the_end_is_kept_and_no_part_of_a_character()
    {
        var output = Written(("0123456789ä12", false), ("!", true));

        Assert.That(output.Last(3), Is.EqualTo(("… 12 bytes before this are left out\n12", "!", "… 12 bytes before this are left out\n12!")));
    }

    private static CapturedOutput Written(params (string Text, bool IsError)[] chunks)
    {
        var output = new CapturedOutput();
        foreach (var (text, isError) in chunks)
        {
            output.Add(new ContainerChunk(isError, Encoding.UTF8.GetBytes(text)));
        }

        return output;
    }
}
