using System.IO;

namespace Orchestrator.Tasks;

/// <summary>
/// What is started. A package has the tool as assemblies in the folder <c>any</c>, and beside it a folder for each runtime where it starts quicker: as machine code,
/// which is a program, or as assemblies that are compiled ahead of time. Assemblies are run by dotnet.
/// </summary>
internal sealed class ToolProgram
{
    private ToolProgram(string file, string arguments)
    {
        File = file;
        Arguments = arguments;
    }

    /// <summary>The program's full path.</summary>
    public string File { get; }

    /// <summary>What comes before the tool's own arguments.</summary>
    public string Arguments { get; }

    public string Name => Path.GetFileName(File);

    /// <summary>The tool in a folder; the one in <c>any</c> beside it where that one cannot run on this machine. Null when there is neither, or no dotnet for it.</summary>
    /// <param name="directory">Where the tool is.</param>
    /// <param name="host">The dotnet that runs assemblies; null when there is none.</param>
    public static ToolProgram? Find(string directory, string? host) =>
        OfAssembly(directory, host)
        ?? (MachineCode.Find(directory) is { } program && MachineCode.Obstacle(program) is null ? new ToolProgram(program, string.Empty) : null)
        ?? FindBeside(directory, host);

    /// <summary>The tool in <c>any</c>, for a system that does not start the machine code in spite of all: NixOS has no loader for it, and policies may forbid it.</summary>
    /// <inheritdoc cref="Find"/>
    public static ToolProgram? FindBeside(string directory, string? host) =>
        OfAssembly(Path.Combine(Path.GetDirectoryName(directory.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)) ?? string.Empty, "any"), host);

    /// <summary>Why there is none, as a sentence without its end.</summary>
    public static string WhyNone(string directory) => MachineCode.Find(directory) is { } program && MachineCode.Obstacle(program) is { } obstacle
        ? $"'{program}' cannot run here: {obstacle}"
        : $"'{AssemblyIn(directory)}' does not exist";

    /// <summary>Whether it is started as it is, without dotnet.</summary>
    public bool IsMachineCode => Arguments.Length == 0;

    private static string AssemblyIn(string directory) => Path.Combine(directory, "Orchestrator.Tool.dll");

    private static ToolProgram? OfAssembly(string directory, string? host)
    {
        var assembly = AssemblyIn(directory);
        return host is not null && System.IO.File.Exists(assembly) ? new ToolProgram(host, $"exec \"{assembly}\"") : null;
    }
}
