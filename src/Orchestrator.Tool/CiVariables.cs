namespace Orchestrator.Tool;

/// <summary>The variables by which CI systems make themselves known.</summary>
internal static class CiVariables
{
    public const string GitHub = "GITHUB_ACTIONS";
    public const string Azure = "TF_BUILD";
    public const string GitLab = "GITLAB_CI";

    private static readonly string[] All = ["CI", GitHub, Azure, GitLab, "BUILDKITE", "JENKINS_URL", "TEAMCITY_VERSION"];

    /// <summary>Whether a CI system runs this.</summary>
    public static bool AreThere(IReadOnlyDictionary<string, string> variables) => Array.Exists(All, name => IsOn(variables, name));

    /// <summary>Set, and not to <c>false</c>.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.GetValueOrDefault(name) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
}
