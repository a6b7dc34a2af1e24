using System.Runtime.CompilerServices;

namespace Orchestrator.Repository.Tests;

/// <summary>The files of this repository, generated ones left out.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> CSharp(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Join(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)),
    ];

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot([CallerFilePath] string file = "") => Path.GetFullPath("../..", Path.GetDirectoryName(file)!);
}
