using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Pins what the images are built from that is not built here, in <c>images.lock</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorLockImages : OrchestratorTask
{
    /// <summary>References to ask for again, separated by semicolons; <c>true</c> means all of them. Default: only what is not pinned yet.</summary>
    public string? Update { get; set; }

    /// <summary>Images to have built anew once, every step of them, separated by semicolons. Default: none.</summary>
    public string? Refresh { get; set; }

    /// <summary>Write nothing; fail when a reference is not pinned, or a pin is not used.</summary>
    public bool Check { get; set; }

    internal override ToolArguments Arguments()
    {
        var isAll = string.Equals(Update?.Trim(), "true", System.StringComparison.OrdinalIgnoreCase);
        var arguments = EngineCommand("lock").AddFlag("--check", Check).AddFlag("--update", !string.IsNullOrWhiteSpace(Update));
        arguments = isAll ? arguments : arguments.AddImages(Update);
        return arguments.AddFlag("--refresh", !string.IsNullOrWhiteSpace(Refresh)).AddImages(Refresh);
    }
}
