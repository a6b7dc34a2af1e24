using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orchestrator.Repository.Tests;

/// <summary>
/// All that the package's props and targets read, set or define. What begins with "Orchestrator" is a promise; what belongs to others and is set by us
/// is listed too, because a project notices that as well.
/// </summary>
internal sealed partial class MSBuildSurface
{
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);

    /// <summary>Public properties that a project may set or read.</summary>
    public SortedSet<string> Properties { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Targets { get; } = new(StringComparer.Ordinal);

    public static MSBuildSurface Read()
    {
        var surface = new MSBuildSurface();
        var folder = Path.Join(SourceTree.Root, "nuget");
        foreach (var file in new[] { "*.props", "*.targets" }.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)))
        {
            surface.Add(XDocument.Load(file).Root!, Path.GetRelativePath(folder, file).StartsWith("Sdk/", StringComparison.Ordinal) ? " (project SDK only)" : "");
        }

        return surface;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private void Add(XElement root, string where)
    {
        foreach (Match match in Used().Matches(string.Join('\n', root.DescendantNodesAndSelf().OfType<XElement>().SelectMany(Values))))
        {
            var name = match.Groups["name"].Value;
            _lines.Add($"{(match.Groups["kind"].Value == "$" ? "property" : "item")} {name}");
            if (match.Groups["kind"].Value == "$")
            {
                Properties.Add(name);
            }
        }

        foreach (var element in root.Descendants())
        {
            Define(element, where);
        }
    }

    private void Define(XElement element, string where)
    {
        var name = element.Name.LocalName;
        switch (element.Parent!.Name.LocalName)
        {
            case "PropertyGroup" when name.StartsWith("Orchestrator", StringComparison.Ordinal):
                Properties.Add(name);
                _lines.Add($"property {name}");
                break;
            case "PropertyGroup" or "ItemGroup" or "ItemDefinitionGroup" when !name.StartsWith("_Orchestrator", StringComparison.Ordinal) && !name.StartsWith("Orchestrator", StringComparison.Ordinal):
                _lines.Add($"sets {(element.Parent.Name.LocalName == "PropertyGroup" ? "property" : "item")} {name}{where}");
                break;
            case "Project" when name == "Target" && (string)element.Attribute("Name")! is var target && !target.StartsWith('_'):
                Targets.Add(target);
                _lines.Add($"target {target}{where}");
                break;
            case "Project" when name == "UsingTask":
                _lines.Add($"task {(string)element.Attribute("TaskName")!}");
                break;
        }
    }

    private static IEnumerable<string> Values(XElement element) =>
        element.Attributes().Select(attribute => attribute.Value).Concat(element.Nodes().OfType<XText>().Select(text => text.Value));

    [GeneratedRegex(@"(?<kind>[$@])\((?<name>Orchestrator\w*)")]
    private static partial Regex Used();
}
