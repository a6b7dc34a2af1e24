namespace Orchestrator.Package.Tests.Packed;

/// <summary>A copy of the scripted tool that a workspace uses in place of the real one.</summary>
internal sealed class ScriptedTool
{
    public ScriptedTool(Workspace workspace, params string[] script)
    {
        Folder = Directory.CreateDirectory(workspace.Folder + " tool").FullName;
        foreach (var name in new[] { "Orchestrator.Tool.dll", "Orchestrator.Tool.runtimeconfig.json" })
        {
            File.Copy(Path.Combine(Paths.ScriptedTool, name), Path.Combine(Folder, name));
        }

        File.WriteAllLines(Path.Combine(Folder, "script.txt"), script);
        _ = workspace.With("OrchestratorToolDirectory", Folder);
    }

    public string Folder { get; }

    /// <summary>The arguments of each call, in the order of the calls.</summary>
    public IReadOnlyList<string[]> Calls =>
        Directory.Exists(Path.Combine(Folder, "calls")) ? [.. Directory.GetFiles(Path.Combine(Folder, "calls")).OrderBy(File.GetLastWriteTimeUtc).Select(File.ReadAllLines)] : [];
}
