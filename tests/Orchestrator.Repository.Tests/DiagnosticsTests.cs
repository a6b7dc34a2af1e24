using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Repository.Tests;

/// <summary>One table owns the diagnostics; the README's is generated from it.</summary>
internal sealed partial class DiagnosticsTests
{
    private const string Begin = "<!-- diagnostics -->\n";
    private const string End = "<!-- /diagnostics -->";

    [Test]
    public void Codes_are_unique_and_rows_are_complete()
    {
        Assert.That(Rules.All.Select(rule => rule.Code), Is.Unique);
        Assert.That(Rules.All.Where(rule => !Code().IsMatch(rule.Code) || rule.Help.Length == 0).Select(rule => rule.Code), Is.Empty);
    }

    [Test]
    public void The_table_of_the_readme_is_the_table_of_the_code()
    {
        var file = Path.Join(SourceTree.Root, "README.md");
        var readme = File.ReadAllText(file);
        var start = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, readme[..start] + Table() + readme[end..]);
            return;
        }

        Assert.That(readme[start..end], Is.EqualTo(Table()), "run the tests once with UPDATE_GOLDEN=1");
    }

    private static string Table()
    {
        var table = new StringBuilder("| code | severity | says | what to do |\n| --- | --- | --- | --- |\n");
        foreach (var rule in Rules.All)
        {
            var severity = rule.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "message" };
            table.Append("| ").Append(rule.Code).Append(" | ").Append(severity).Append(" | ").Append(Cell(rule.Format)).Append(" | ").Append(Cell(rule.Help)).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Cell(string text) => Placeholder().Replace(text, "…").Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"\AORC[0-4]\d{3}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
