using System.Text.RegularExpressions;

namespace Orchestrator.Repository.Tests;

/// <summary>The habits of the code, held by themselves: sizes, names, who may know whom.</summary>
internal sealed partial class ShapeTests
{
    private const int LongestFile = 400;
    private const int LongestTask = 120;
    private const int LongestFunction = 80;
    private const int MedianFile = 80;

    [Test]
    public void Files_are_short()
    {
        var files = SourceTree.CSharp("src").Select(file => (File: SourceTree.Relative(file), Lines: File.ReadAllLines(file).Length)).OrderBy(item => item.Lines).ToList();

        Assert.That(files.Where(item => item.Lines > LongestFile), Is.Empty);
        Assert.That(files[files.Count / 2].Lines, Is.LessThan(MedianFile));
        Assert.That(files.Where(item => item.File.StartsWith("src/Orchestrator.Tasks/", StringComparison.Ordinal) && item.Lines > LongestTask), Is.Empty);
    }

    [Test]
    public void Functions_are_short()
    {
        var found = SourceTree.CSharp("src").SelectMany(file => Functions(file).Where(length => length > LongestFunction).Select(length => $"{SourceTree.Relative(file)}: {length} lines"));

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void No_name_hides_its_concept()
    {
        var found = SourceTree.CSharp("src").Concat(SourceTree.CSharp("tests")).Select(SourceTree.Relative)
            .Where(file => Vague().IsMatch(file) && !file.EndsWith("/CredentialHelper.cs", StringComparison.Ordinal)); // Docker's own word

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void A_file_holds_one_type_and_is_named_for_it()
    {
        var found = SourceTree.CSharp("src").Concat(SourceTree.CSharp("tests")).Where(file => Path.GetFileName(file) is not ("Program.cs" or "Assembly.cs"))
            .Select(file => (File: SourceTree.Relative(file), Types: Types(file), Name: Path.GetFileName(file).Split('.')[0])).Where(item => item.Types != item.Name).Select(item => $"{item.File} holds {item.Types}");

        Assert.That(found, Is.Empty);
    }

    /// <summary>What takes every exception passes it on, or says in a comment where it goes.</summary>
    [Test]
    public void No_catch_swallows_everything()
    {
        var found = SourceTree.CSharp("src").SelectMany(file => BareCatches(File.ReadAllLines(file)).Select(line => $"{SourceTree.Relative(file)}({line})"));

        Assert.That(found, Is.Empty);
    }

    [TestCase("src/Orchestrator.Docker", "")]
    [TestCase("src/Orchestrator.BuildKit", "")]
    [TestCase("src/Orchestrator.Tasks", "")]
    [TestCase("src/Orchestrator.Registry", "")]
    [TestCase("src/Orchestrator", "Orchestrator.BuildKit Orchestrator.Docker Orchestrator.Registry")]
    [TestCase("src/Orchestrator.Tool", "Orchestrator")]
    public void Projects_refer_in_one_direction(string project, string expected)
    {
        var text = File.ReadAllText(Path.Join(SourceTree.Root, project, Path.GetFileName(project) + ".csproj"));
        var references = Reference().Matches(text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);

        Assert.That(string.Join(' ', references), Is.EqualTo(expected));
    }

    [TestCase("Microsoft.Build", "src/Orchestrator.Tasks/")]
    [TestCase("Console.", "src/Orchestrator.Tool/")]
    public void What_belongs_to_one_project_is_used_nowhere_else(string word, string project)
    {
        var found = SourceTree.CSharp("src").Where(file => !SourceTree.Relative(file).StartsWith(project, StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, $@"(?<![\w.]){Regex.Escape(word)}")));

        Assert.That(found.Select(SourceTree.Relative), Is.Empty);
    }

    [Test]
    public void The_top_level_is_as_agreed()
    {
        var folders = Directory.EnumerateDirectories(SourceTree.Root).Select(folder => Path.GetFileName(folder)!).Where(name => !name.StartsWith('.') && name != "artifacts");

        Assert.That(folders, Is.SubsetOf(new[] { "src", "tests", "build", "nuget" }));
        Assert.That(File.ReadAllText(Path.Join(SourceTree.Root, "Orchestrator.sln")), Does.Not.Contain("samples"));
    }

    /// <summary>Lengths of the bodies that stand at a member's indentation: the style puts braces on lines of their own.</summary>
    private static IEnumerable<int> Functions(string file)
    {
        var start = -1;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line == "    {")
            {
                start = number;
            }
            else if (line == "    }" && start > 0)
            {
                yield return number - start - 1;
                start = -1;
            }
        }
    }

    /// <summary>Numbers of the lines with a catch of everything that neither throws nor has a comment.</summary>
    private static IEnumerable<int> BareCatches(string[] lines)
    {
        foreach (var (index, line) in lines.Index().Where(item => BareCatch().IsMatch(item.Item)))
        {
            var end = line[..(line.Length - line.TrimStart().Length)] + "}";
            if (!lines.Skip(index).TakeWhile(each => each != end).Any(each => each.Trim() == "throw;" || each.Contains("// ", StringComparison.Ordinal)))
            {
                yield return index + 1;
            }
        }
    }

    /// <summary>The types at a file's top level, joined by spaces.</summary>
    private static string Types(string file) => string.Join(' ', TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

    [GeneratedRegex(@"^(?:\[[^\]]*\] *)?(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )+(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?., ]+?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^\s*catch\s*(\((System\.)?Exception( \w+)?\))?\s*([{/].*)?$")]
    private static partial Regex BareCatch();

    [GeneratedRegex(@"(Utils?|Helpers?|Common|Manager|Service|Impl|Misc)(\.cs$|/)")]
    private static partial Regex Vague();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*/(?<name>[\w.]+)\.csproj""")]
    private static partial Regex Reference();
}
