using System.Text;
using Orchestrator.BuildKit.Control;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tests.Reporters;

/// <summary>Pieces of output become lines, whoever else writes meanwhile.</summary>
internal sealed class StepOutputTests
{
    private readonly StepOutput _output = new();

    [SetUp]
    public void Forget()
    {
        _output.End("app");
        _output.End("web");
    }

    [Test]
    public void A_character_in_two_pieces_is_one_and_colours_are_left_out()
    {
        var bytes = Encoding.UTF8.GetBytes("\u001b[31mgrün\u001b[0m\n");

        Assert.That(_output.Add("app", Piece("step", LogStream.Output, bytes.AsSpan(0, 8))), Is.Empty);
        Assert.That(_output.Add("app", Piece("step", LogStream.Output, bytes.AsSpan(8))), Is.EqualTo(new[] { "grün" }));
    }

    [Test]
    public void Images_steps_and_streams_do_not_mix()
    {
        _output.Add("app", Piece("one", LogStream.Output, "a"u8));
        _output.Add("app", Piece("two", LogStream.Output, "b"u8));
        _output.Add("app", Piece("two", LogStream.Error, "c"u8));
        _output.Add("web", Piece("two", LogStream.Error, "d"u8));

        Assert.That(_output.Add("app", Piece("two", LogStream.Output, "B\n"u8)), Is.EqualTo(new[] { "bB" }));
        Assert.That(_output.End("app"), Is.EqualTo(new[] { ("one", LogStream.Output, "a"), ("two", LogStream.Error, "c") }));
        Assert.That(_output.End("web"), Is.EqualTo(new[] { ("two", LogStream.Error, "d") }));
        Assert.That(_output.End("app"), Is.Empty);
    }

    private static LogChunk Piece(string step, LogStream stream, ReadOnlySpan<byte> data) => new(step, stream, data.ToArray(), null);
}
