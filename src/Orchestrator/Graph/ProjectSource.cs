using Orchestrator.Diagnostics;

namespace Orchestrator.Graph;

/// <summary>A .NET project that is published before an image is built; its output is one of the image's named contexts.</summary>
/// <param name="File">Absolute path of the project file.</param>
/// <param name="Context">The name of the context.</param>
/// <param name="Configuration">What it is built as, such as <c>Release</c>.</param>
/// <param name="Properties">Further MSBuild properties, in ordinal order.</param>
internal sealed record ProjectSource(Located<string> File, Located<string> Context, string Configuration, IReadOnlyList<KeyValuePair<string, string>> Properties)
{
    /// <summary>Begins the value of the context while it is not published: no directory, so that nothing that an earlier run left can be taken for it.</summary>
    public const string Scheme = "project:";

    /// <summary>Two projects that are published with equal settings are built together.</summary>
    public IEnumerable<string> Settings => Properties.SelectMany(property => new[] { property.Key, property.Value }).Prepend(Configuration);
}
