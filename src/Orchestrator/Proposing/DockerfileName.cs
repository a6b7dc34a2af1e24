using System.Text.RegularExpressions;

namespace Orchestrator.Proposing;

/// <summary>What people call their Dockerfiles: <c>Dockerfile</c>, <c>Dockerfile.api</c>, <c>api.Dockerfile</c>; the same with <c>Containerfile</c>.</summary>
internal static partial class DockerfileName
{
    public const string Default = "Dockerfile";

    public static bool IsOne(string file) => Form().IsMatch(file) && !Other().IsMatch(file);

    /// <summary>What tells it from its neighbours: <c>api</c>; empty for <c>Dockerfile</c>.</summary>
    public static string Variant(string file)
    {
        var match = Form().Match(file);
        return match.Groups["before"].Value + match.Groups["after"].Value;
    }

    [GeneratedRegex(@"\A(?:(?<before>.+)\.)?(?:Dockerfile|Containerfile)(?:[._-](?<after>.+))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    /// <summary>Ignore files, templates that something else makes Dockerfiles of, and what editors leave.</summary>
    [GeneratedRegex(@"\.(?:dockerignore|containerignore|md|j2|jinja2?|tmpl|tpl|template|erb|in|bak|orig|swp|rej)\z|~\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
