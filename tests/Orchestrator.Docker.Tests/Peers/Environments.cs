namespace Orchestrator.Docker.Tests.Peers;

internal static class Environments
{
    public static DockerEnvironment With(string homeDirectory, params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Name, variable => variable.Value), homeDirectory, IsWindows: false);
}
