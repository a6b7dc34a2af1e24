using System.Globalization;
using System.Text;

namespace Orchestrator.Benchmarks.Graphs;

/// <summary>Writes a generated graph as a repository: contexts, Dockerfiles, and the graph in the words of both contenders.</summary>
internal sealed class GraphFiles(GeneratedGraph graph, string root)
{
    /// <summary>Of a file of average size, in bytes.</summary>
    private const int AverageBytes = 1500;

    private int _written;

    public string Root { get; } = root;

    public void Write()
    {
        Directory.CreateDirectory(Path.Join(Root, ".git")); // the top level of a repository, for who looks for one
        WriteFolder("shared", GeneratedGraph.FilesOfShared);
        foreach (var name in graph.Bases)
        {
            WriteImage(Path.Join("bases", name), GeneratedGraph.FilesOfBase, $"FROM {GeneratedGraph.External}\nCOPY . /opt/{name}/\nRUN cat /opt/{name}/*/* >/opt/{name}.all\n");
        }

        for (var index = 0; index < graph.Services.Count; index++)
        {
            var text = $"FROM {graph.BaseOf(index)}\nWORKDIR /srv\nCOPY --from=shared . shared/\nCOPY . .\nRUN find . -type f | wc -l >files\nCMD [\"sh\"]\n";
            WriteImage(Path.Join("services", graph.Services[index]), GeneratedGraph.FilesOfService, text);
        }

        File.WriteAllText(Path.Join(Root, "images.yml"), ImagesFile());
        File.WriteAllText(Path.Join(Root, "docker-bake.hcl"), BakeFile());
    }

    /// <summary>Gives a file of an image other content, as someone who works on it would.</summary>
    /// <param name="content">Something that was not there before.</param>
    public void Change(string image, string content)
    {
        var folder = graph.Bases.Contains(image) ? "bases" : "services";
        File.WriteAllText(Path.Join(Root, folder, image, "src00", "file000.txt"), content + "\n");
    }

    private void WriteImage(string folder, int files, string dockerfile)
    {
        WriteFolder(folder, files);
        File.WriteAllText(Path.Join(Root, folder, "Dockerfile"), dockerfile);
    }

    private void WriteFolder(string folder, int files)
    {
        for (var number = 0; number < files; number++)
        {
            var directory = Path.Join(Root, folder, $"src{number / 8:00}");
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Join(directory, $"file{number:000}.txt"), Content(_written++));
        }
    }

    /// <summary>From nearly nothing to three times the average, different in every file, without chance.</summary>
    private static string Content(int number)
    {
        var text = new StringBuilder();
        var length = 16 + ((number * 7919) % (2 * AverageBytes));
        for (var line = 0; text.Length < length; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{number}.{line} {(number * 31L) + (line * 17L):x16}\n");
        }

        return text.ToString();
    }

    private string ImagesFile()
    {
        var text = new StringBuilder("name: benchmark\nimages:\n");
        foreach (var name in graph.Bases)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}: bases/{name}\n");
        }

        foreach (var name in graph.Services)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name}:\n    context: services/{name}\n    additional_contexts:\n      shared: shared\n");
        }

        return text.ToString();
    }

    /// <summary>What bake's documentation teaches for images of the graph: a named context in the place of the base.</summary>
    private string BakeFile()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"group \"default\" {{ targets = [{string.Join(", ", graph.Bases.Concat(graph.Services).Select(name => $"\"{name}\""))}] }}\n");
        foreach (var name in graph.Bases)
        {
            text.Append(CultureInfo.InvariantCulture, $"target \"{name}\" {{\n  context = \"bases/{name}\"\n  tags = [\"{name}\"]\n}}\n");
        }

        for (var index = 0; index < graph.Services.Count; index++)
        {
            var (name, basis) = (graph.Services[index], graph.BaseOf(index));
            text.Append(CultureInfo.InvariantCulture, $"target \"{name}\" {{\n  context = \"services/{name}\"\n  contexts = {{ shared = \"shared\", \"{basis}\" = \"target:{basis}\" }}\n  tags = [\"{name}\"]\n}}\n");
        }

        return text.ToString();
    }
}
