namespace Orchestrator.Graph.Compose;

/// <summary>Where a Compose document comes from and how it is read.</summary>
/// <param name="File">Absolute.</param>
/// <param name="Directory">Relative paths begin here: the project's directory, not always the file's.</param>
/// <param name="Variables">For interpolation.</param>
/// <param name="Including">The files that are being read because the one before includes them, this one last.</param>
internal sealed record ComposeLayer(string File, string Directory, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Including);
