using Orchestrator.Benchmarks.Measuring;

namespace Orchestrator.Benchmarks;

/// <summary>What build/benchmark provides.</summary>
/// <param name="Work">A folder of this run alone.</param>
/// <param name="Feed">The folder with the package of the SDK.</param>
/// <param name="Version">Of the package.</param>
/// <param name="Engine">The engine that Orchestrator works with, as DOCKER_HOST says it.</param>
/// <param name="EngineOfBake">The engine that bake works with.</param>
/// <param name="AtRest">Every measurement begins on a machine that has nothing else to do.</param>
internal sealed record Places(string Work, string Feed, string Version, string Engine, string EngineOfBake, bool AtRest)
{
    /// <summary>Waits for the machine to come to rest, where that was asked for.</summary>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        if (AtRest && !await Machine.QuietAsync(cancellationToken).ConfigureAwait(false))
        {
            await Console.Error.WriteLineAsync("the machine does not come to rest; what is measured now is not alone").ConfigureAwait(false);
        }
    }

    public string Packages => Path.Join(Work, "packages");

    /// <summary>What starts the tool as the package carries it: machine code where it has that for this machine, else as it is everywhere.</summary>
    public string[] Tool
    {
        get
        {
            var tools = Path.Join(Packages, "orchestrator.sdk", Version, "tools", "net10.0");
            var program = Path.Join(tools, System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "Orchestrator.Tool");
            return File.Exists(program) ? [program] : ["dotnet", "exec", Path.Join(tools, "any", "Orchestrator.Tool.dll")];
        }
    }
}
