using System.Reflection;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>What the project file wrote into this assembly.</summary>
internal static class Paths
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string ScriptedTool { get; } = Metadata("ScriptedTool");

    public static string NuGetPackageRoot { get; } = Metadata("NuGetPackageRoot");

    /// <summary>One file per test, with every command, its output and its time.</summary>
    public static string Transcripts { get; } = Path.Combine(RepositoryRoot, "artifacts", "transcripts", "package");

    private static string Metadata(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
