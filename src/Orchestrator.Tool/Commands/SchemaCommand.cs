using System.CommandLine;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator schema</c>: what an editor needs to complete and explain the keys of <c>images.yml</c>.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON schema of images.yml, for editors.");
        command.SetAction(async (parse, _) =>
        {
            await parse.InvocationConfiguration.Output.WriteAsync(GraphSchema.Text()).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
