using System;

// MSBuild looks for the name, wherever it is defined; that of its own assembly is newer than the oldest MSBuild that these tasks run in.
namespace Microsoft.Build.Framework;

/// <summary>
/// Lets a build with <c>-mt</c>, whose projects share a process, run the task there, and not in a process for tasks that change the directory or the environment.
/// Ours read their parameters and start the tool, for which <see cref="Microsoft.Build.Utilities.ToolTask"/> names the directory and the environment of the project.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
