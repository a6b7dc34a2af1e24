namespace Orchestrator.Benchmarks;

/// <summary>What build/benchmark provides.</summary>
/// <param name="Work">A folder of this run alone.</param>
/// <param name="Feed">The folder with the package of the SDK.</param>
/// <param name="Version">Of the package.</param>
/// <param name="Engine">The engine that Orchestrator works with, as DOCKER_HOST says it.</param>
/// <param name="EngineOfBake">The engine that bake works with.</param>
internal sealed record Places(string Work, string Feed, string Version, string Engine, string EngineOfBake)
{
    public string Packages => Path.Join(Work, "packages");

    /// <summary>The tool as the package carries it: compiled ahead of time where it is, else as it is everywhere.</summary>
    public string Tool
    {
        get
        {
            var tools = Path.Join(Packages, "orchestrator.sdk", Version, "tools", "net10.0");
            var compiled = Path.Join(tools, System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);
            return Path.Join(Directory.Exists(compiled) ? compiled : Path.Join(tools, "any"), "Orchestrator.Tool.dll");
        }
    }
}
