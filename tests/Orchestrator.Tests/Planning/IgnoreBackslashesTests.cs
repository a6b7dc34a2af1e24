using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Planning;

internal sealed class IgnoreBackslashesTests
{
    [Test]
    public void Separators_of_Windows_are_told_at_their_place()
    {
        var diagnostics = new DiagnosticBag();

        IgnoreBackslashes.Check("/.dockerignore", "# a\\comment\n**\\bin\r\nsecrets/*.pem\n  !keys\\*.pub\n", diagnostics);

        Assert.That(diagnostics.Items.Select(item => item.ToString()), Is.EqualTo(new[]
        {
            @"/.dockerignore(2,3): warning ORC2057: In '**\bin' a backslash separates no folders: before a letter or digit it begins an escape as in a regular expression, and any other character it makes an ordinary one. Docker's command on Windows takes it for a separator.",
            @"/.dockerignore(4,8): warning ORC2057: In '!keys\*.pub' a backslash separates no folders: before a letter or digit it begins an escape as in a regular expression, and any other character it makes an ordinary one. Docker's command on Windows takes it for a separator.",
        }));
    }

    [TestCase(@"\#notes")]
    [TestCase(@"\!important")]
    [TestCase(@"a\ b")]
    [TestCase(@"what\?")]
    [TestCase(@"back\\")]
    public void What_needs_a_backslash_is_left_alone(string pattern)
    {
        var diagnostics = new DiagnosticBag();

        IgnoreBackslashes.Check("/.dockerignore", pattern, diagnostics);

        Assert.That(diagnostics.Items, Is.Empty);
    }
}
