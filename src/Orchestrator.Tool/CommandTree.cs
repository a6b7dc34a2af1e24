using System.CommandLine;
using System.CommandLine.Help;
using Orchestrator.Tool.Commands;

namespace Orchestrator.Tool;

/// <summary>All that can be typed.</summary>
internal static class CommandTree
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var images = new ImageCompletions(common, environment);
        common.Images.CompletionSources.Add(images.Of);
        // Not a RootCommand: that would call itself by the name of the file, Orchestrator.Tool.
        var tree = new Command("orchestrator", "Builds every container image of a repository: bases first, and nothing when nothing changed.")
        {
            new HelpOption(),
            new VersionOption(),
            BuildCommand.Create(common, environment),
            TestCommand.Create(common, environment),
            PlanCommand.Create(common, environment),
            WhyCommand.Create(common, environment),
            CheckCommand.Create(common, environment),
            GraphCommand.Create(common, environment),
            ImagesCommand.Create(common, environment),
            TagsCommand.Create(common, environment),
            LockCommand.Create(common, environment),
            CiCommand.Create(common, environment),
            InitCommand.Create(environment),
            FixCommand.Create(common, environment, images),
            CleanCommand.Create(common, environment),
            PushCommand.Create(common, environment),
            PromoteCommand.Create(common, environment),
            VerifyCommand.Create(common, environment),
            DoctorCommand.Create(common, environment),
            SchemaCommand.Create(),
            CompletionCommand.Create(),
            CompletionCommand.CreateAnswer(() => Create(new CommonOptions(), environment)),
        };
        // A switch takes no value: what follows it is the next argument, also while it is being completed.
        foreach (var option in tree.Subcommands.SelectMany(command => command.Options).Where(option => option.ValueType == typeof(bool)))
        {
            option.Arity = ArgumentArity.Zero;
        }

        return tree;
    }
}
