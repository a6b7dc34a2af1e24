namespace Orchestrator.Tool.Tests;

/// <summary>What is said of an exception that ended a command.</summary>
internal sealed class LastResortTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void A_fault_is_one_diagnostic_and_its_stack_only_on_request(bool withStack)
    {
        var diagnostic = LastResort.Explain(Thrown(new NotSupportedException("nobody thought of it")), withStack);

        Assert.That(diagnostic.Code, Is.EqualTo("ORC0006"));
        Assert.That(diagnostic.Message, Does.Contain("met a fault of its own: System.NotSupportedException: nobody thought of it."));
        Assert.That(diagnostic.Message, withStack ? Does.Contain("   at Orchestrator.Tool.") : Does.Not.Contain("   at "));
    }

    [Test]
    public void An_output_that_cannot_be_written_is_no_fault()
    {
        var diagnostic = LastResort.Explain(Thrown(new OutputLostException(new IOException("No space left on device"))), withStack: true);

        Assert.That((diagnostic.Code, diagnostic.Message), Is.EqualTo(("ORC0007", "Not all of the output could be written: No space left on device.")));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught) when (caught == exception)
        {
            return caught;
        }
    }
}
