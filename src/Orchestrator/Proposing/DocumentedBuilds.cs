using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Proposing;

/// <summary>Finds what the documents and scripts of a repository build: lines with <c>docker build</c> whose Dockerfile is there.</summary>
internal static class DocumentedBuilds
{
    private const int LargestText = 1024 * 1024;

    /// <summary>In the order of the files, nearest to the root first; of one Dockerfile and target the first one, rather one with a name.</summary>
    public static IReadOnlyList<DocumentedBuild> In(RepositorySurvey survey, CancellationToken cancellationToken)
    {
        var found = new List<DocumentedBuild>();
        foreach (var text in survey.Texts.OrderBy(text => text.Count(character => character == '/')).ThenBy(text => text, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange(Lines(Path.Join(survey.Root, text)).Select(line => Read(survey, text, line.Text, line.Number)).OfType<DocumentedBuild>());
        }

        return [.. found.OrderBy(build => build.Name is null).DistinctBy(build => (build.Dockerfile, build.Target))];
    }

    /// <summary>With the lines that a backslash joins to it, and the last <c>cd</c> above it.</summary>
    private static IEnumerable<(string Text, int Number)> Lines(string file)
    {
        var lines = ReadLines(file);
        var change = "";
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].Contains("build", StringComparison.Ordinal))
            {
                change = lines[index].TrimStart(' ', '\t', '$').StartsWith("cd ", StringComparison.Ordinal) ? lines[index] + " ; " : change;
                continue;
            }

            var number = index + 1;
            var text = change + lines[index];
            while (text.EndsWith('\\') && index + 1 < lines.Length)
            {
                text = text[..^1] + lines[++index];
            }

            yield return (text, number);
        }
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return new FileInfo(file).Length > LargestText ? [] : File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // it is one hint less
        }
    }

    private static DocumentedBuild? Read(RepositorySurvey survey, string file, string text, int number)
    {
        if (BuildLine.Parse(text) is not { } line)
        {
            return null;
        }

        string[] starts = [PathText.Parent(file), ""];
        foreach (var folder in starts.Select(start => PathText.CleanBelowRoot($"{start}/{line.Folder}")).Concat(starts).Distinct(StringComparer.Ordinal))
        {
            var context = PathText.CleanBelowRoot($"{folder}/{line.Context}");
            var dockerfile = line.File is null ? PathText.Join(context, DockerfileName.Default) : PathText.CleanBelowRoot($"{folder}/{line.File}");
            if (survey.Dockerfiles.Contains(dockerfile) && Directory.Exists(Path.Join(survey.Root, context)))
            {
                return new DocumentedBuild($"{file}({number})", dockerfile, context) { Name = line.Name, Target = line.Target, Arguments = line.Arguments };
            }
        }

        return null;
    }
}
