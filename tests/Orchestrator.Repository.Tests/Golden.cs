namespace Orchestrator.Repository.Tests;

/// <summary>Texts that are kept in the repository, so that a change of them is seen in a review; <c>UPDATE_GOLDEN=1</c> writes them anew.</summary>
internal static class Golden
{
    /// <param name="name">The file's name in the folder <c>Surface</c>.</param>
    /// <param name="actual">What it must hold.</param>
    public static void Check(string name, string actual) => CheckFile($"tests/Orchestrator.Repository.Tests/Surface/{name}", actual);

    /// <param name="path">Relative to the repository.</param>
    /// <param name="actual">What it must hold.</param>
    public static void CheckFile(string path, string actual)
    {
        var file = Path.Join(SourceTree.Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        Assert.That(File.Exists(file) ? File.ReadAllText(file) : "", Is.EqualTo(actual), $"{path} would change: if that is meant, run the tests once with UPDATE_GOLDEN=1 and review it");
    }
}
