using System.Text;

namespace Orchestrator.Tool;

/// <summary>
/// An output that takes everything, also where it cannot be written for a while or at all: a full disk below a log is no reason to end a build in the middle. That
/// something was lost is a failure of the command when it has done what it was asked for.
/// </summary>
/// <param name="inner">Where it goes.</param>
internal sealed class SteadyWriter(TextWriter inner) : TextWriter
{
    private IOException? _lost;

    /// <summary>Where it goes, without any patience.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    /// <exception cref="OutputLostException">Something could not be written.</exception>
    public void Check()
    {
        if (_lost is not null)
        {
            throw new OutputLostException(_lost);
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException exception)
        {
            _lost ??= exception;
        }
    }
}
