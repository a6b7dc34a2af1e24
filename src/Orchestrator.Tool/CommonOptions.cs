using System.CommandLine;
using Orchestrator.Tool.Projects;

namespace Orchestrator.Tool;

/// <summary>What every command takes.</summary>
internal sealed class CommonOptions
{
    public Option<string?> File { get; } = new("--file", "-f") { Description = "The graph file: images.yml or a Compose file, or the folder of one. Default: the nearest images.yml from here upward, else the nearest Compose file, up to the git top level." };

    public Option<string?> GraphEnvironment { get; } = new("--environment", "-e") { Description = "One of the graph's 'environments': its Compose files, env file and target." };

    public Option<ProgressForm> Progress { get; } = new("--progress") { HelpName = "auto|tty|plain|quiet|json|msbuild", Description = "How the run is told: live on a terminal, in lines, only what is wrong, as JSON events for programs; msbuild is for MSBuild's tasks. Default: auto, which is tty on a terminal and plain elsewhere." };

    public Option<EngineMissing> Missing { get; } = new("--engine-missing") { HelpName = "error|warn|skip", Description = "What it means when no engine can be reached. Default: error.", DefaultValueFactory = _ => EngineMissing.Error };

    /// <summary>For MSBuild's tasks, which publish projects as a part of their own build.</summary>
    public Option<string?> Projects { get; } = new("--projects") { HelpName = "tell|RUN", Description = "Say which .NET projects to publish, or under which name they were.", Hidden = true };

    public Argument<string[]> Images { get; } = new("image") { Description = "Images of the graph, by key or local name; with all that they are built from. Default: all.", Arity = ArgumentArity.ZeroOrMore };

    /// <param name="command">That takes them.</param>
    /// <param name="asksEngine">Whether there is anything to say of a missing engine.</param>
    public void AddTo(Command command, bool asksEngine = true)
    {
        command.Options.Add(File);
        command.Options.Add(GraphEnvironment);
        command.Options.Add(Progress);
        if (asksEngine)
        {
            command.Options.Add(Missing);
        }

        command.Options.Add(Projects);
        command.Arguments.Add(Images);
    }

    public WorkspaceOptions Workspace(ParseResult parse) => new(parse.GetValue(File), parse.GetValue(GraphEnvironment), parse.GetValue(Images) ?? []) { Projects = ProjectStep.Of(parse.GetValue(Projects)) };
}
