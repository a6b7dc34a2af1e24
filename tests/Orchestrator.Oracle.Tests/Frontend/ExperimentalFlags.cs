using System.Text.RegularExpressions;

namespace Orchestrator.Oracle.Tests.Frontend;

/// <summary>
/// Flags that a frontend knows only when it was built with them, as the one in the engine may not be while others, named by <c>syntax=</c>, are. They have
/// no bearing on stages, arguments and secrets, so a Dockerfile can be asked about without them. Any other unknown flag stays a disagreement.
/// </summary>
internal static partial class ExperimentalFlags
{
    private static readonly string[] Names = ["parents", "device", "security"];

    /// <summary>The flag that BuildKit refused; null when it refused something else.</summary>
    public static string? RefusedIn(string message)
    {
        var name = UnknownFlag().Match(message).Groups["name"].Value;
        return Names.Contains(name, StringComparer.Ordinal) ? name : null;
    }

    public static string Without(string name, string dockerfile) => Regex.Replace(dockerfile, $@"(?<=\s)--{name}(=\S*)?\s", "", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"unknown flag: --(?<name>[a-z-]+)|(?<name>[a-z-]+) feature is only supported in Dockerfile frontend", RegexOptions.CultureInvariant)]
    private static partial Regex UnknownFlag();
}
