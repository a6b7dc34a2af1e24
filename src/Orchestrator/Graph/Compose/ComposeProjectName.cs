using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>The name of a project: <c>COMPOSE_PROJECT_NAME</c>, else the last <c>name</c> of its files, else what its directory is called.</summary>
internal static class ComposeProjectName
{
    public const string Variable = "COMPOSE_PROJECT_NAME";

    /// <returns>The name, and whether somebody chose it: otherwise a project in a folder of the same name elsewhere has it too.</returns>
    public static (string Name, bool IsWritten) Of(IEnumerable<YamlMapping> documents, string directory, IReadOnlyDictionary<string, string> variables, DiagnosticBag diagnostics)
    {
        if (variables.GetValueOrDefault(Variable) is { Length: > 0 } set)
        {
            if (Normalize(set) != set)
            {
                diagnostics.Add(Rules.ProjectNameInvalid.Anywhere(set, $"{Variable} is taken as it is"));
            }

            return (set, true);
        }

        var folder = Normalize(Path.GetFileName(directory));
        var written = documents.Select(document => document.Find("name")?.Value).OfType<YamlScalar>().LastOrDefault(text => text is { IsNull: false, Value.Length: > 0 });
        if (written is not null)
        {
            var unheard = new DiagnosticBag(); // the model's reading says it
            var name = Normalize(new Interpolation(variable => variable == Variable ? folder : variables.GetValueOrDefault(variable), unheard).Expand(written.Value, written.At));
            if (name.Length > 0)
            {
                return (name, true);
            }
        }

        if (folder.Length == 0)
        {
            diagnostics.Add(Rules.ProjectNameInvalid.Anywhere(Path.GetFileName(directory), "the folder's name has no letter or digit; write 'name:' into the file"));
        }

        return (folder.Length == 0 ? "project" : folder, false);
    }

    /// <summary>Lower case, of letters, digits, <c>-</c> and <c>_</c>, beginning with a letter or digit; other characters are dropped.</summary>
    public static string Normalize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || (name.Length > 0 && lower is '-' or '_'))
            {
                name.Append(lower);
            }
        }

        return name.ToString();
    }
}
