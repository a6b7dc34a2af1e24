using Orchestrator.Graph;

namespace Orchestrator.Projects;

/// <summary>Projects that MSBuild publishes in one go, because they are published with equal settings.</summary>
/// <param name="Projects">Each file once.</param>
/// <param name="ProjectFile">What MSBuild is run on.</param>
/// <param name="Properties">All global properties of it, values escaped as MSBuild wants them.</param>
internal sealed record ProjectPublication(IReadOnlyList<ProjectSource> Projects, string ProjectFile, IReadOnlyList<KeyValuePair<string, string>> Properties);
