using System.Runtime.InteropServices;

namespace Orchestrator.Tool;

/// <summary>Platforms in the words of images.</summary>
internal static class Platforms
{
    /// <summary>For reading files when there is no engine that could tell its own.</summary>
    public static string Default => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux/arm64" : "linux/amd64";
}
