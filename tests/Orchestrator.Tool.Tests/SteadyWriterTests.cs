using System.Text;

namespace Orchestrator.Tool.Tests;

/// <summary>An output on a disk that is full for a while.</summary>
internal sealed class SteadyWriterTests
{
    [Test]
    public void What_cannot_be_written_is_a_failure_at_the_end_and_not_before()
    {
        using var disk = new Disk();
        using var output = new SteadyWriter(disk);

        output.WriteLine("one");
        disk.IsFull = true;
        output.WriteLine("two");
        output.Write("three");
        output.Flush();
        disk.IsFull = false;
        output.WriteLine("four");

        Assert.That(disk.ToString(), Is.EqualTo($"one{Environment.NewLine}four{Environment.NewLine}"));
        Assert.That(output.Check, Throws.InstanceOf<OutputLostException>().With.Message.EqualTo("full at two"));
    }

    [Test]
    public void Where_everything_was_written_there_is_none()
    {
        using var output = new SteadyWriter(new StringWriter());

        output.Write('a');

        Assert.That(output.Check, Throws.Nothing);
        Assert.That(output.Inner.ToString(), Is.EqualTo("a"));
    }

    private sealed class Disk : StringWriter
    {
        public bool IsFull { get; set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value) => Store(value, base.Write);

        public override void WriteLine(string? value) => Store(value, base.WriteLine);

        private void Store(string? value, Action<string?> write)
        {
            if (IsFull)
            {
                throw new IOException("full at " + value);
            }

            write(value);
        }
    }
}
