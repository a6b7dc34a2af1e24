using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>Makes the relative paths of a model absolute, and fills in what a build section leaves out.</summary>
internal sealed class ComposePaths(RepositoryPaths paths, string directory)
{
    private static readonly string[] Remote = ["https://", "http://", "git://", "ssh://", "github.com/", "git@"];

    /// <summary>Paths are taken from the directory; where a build names no context, it is that directory.</summary>
    public YamlMapping Complete(YamlMapping model) => Resolve(model, isComplete: true);

    /// <summary>As <see cref="Complete"/>, for services that others extend: nothing is filled in, but a file that they extend in turn is found.</summary>
    public YamlMapping Resolve(YamlMapping model) => Resolve(model, isComplete: false);

    private YamlMapping Resolve(YamlMapping model, bool isComplete) => model
        .With("services", services => services is YamlMapping all ? all.Each(entry => entry.Value is YamlMapping service ? Service(service, isComplete) : entry.Value) : services)
        .With("secrets", secrets => secrets is YamlMapping all ? all.Each(entry => entry.Value is YamlMapping secret ? secret.With("file", Absolute) : entry.Value) : secrets);

    private YamlMapping Service(YamlMapping service, bool isComplete) => service
        .With("build", build => build is null or YamlScalar { IsNull: true } ? build : Build(ComposeForms.Build(build), isComplete))
        .With("env_file", files => files is null ? null : new YamlSequence(files.Span, [.. ComposeForms.Items(files).Select(EnvFile)]))
        .With("extends", extends => extends is YamlMapping mapping ? mapping.With("file", Absolute) : extends);

    private YamlMapping Build(YamlMapping build, bool isComplete) => build
        .With("context", context => context is YamlScalar { IsNull: false } written ? Context(written) : context is null && isComplete ? ComposeForms.Text(build.Span, directory) : context)
        .With("args", PairsOf)
        .With("labels", PairsOf)
        .With("additional_contexts", contexts => contexts is null ? null : ComposeForms.Pairs(contexts).Each(entry => entry.Value is YamlScalar { IsNull: false } written ? Context(written) : entry.Value))
        .With("ssh", agents => agents is null ? null : ComposeForms.Pairs(agents).Each(entry => Absolute(entry.Value)));

    private static YamlMapping? PairsOf(YamlNode? node) => node is null ? null : ComposeForms.Pairs(node);

    private YamlNode EnvFile(YamlNode file) => file is YamlMapping mapping ? mapping.With("path", Absolute) : Absolute(file)!;

    private YamlScalar Context(YamlScalar written) => IsPath(written.Value) ? written with { Value = paths.Absolute(written.Value, directory), TextColumn = 0 } : written;

    private static bool IsPath(string value) =>
        !value.Contains("://", StringComparison.Ordinal) && !value.StartsWith("service:", StringComparison.Ordinal)
        && !Array.Exists(Remote, prefix => value.StartsWith(prefix, StringComparison.Ordinal));

    private YamlNode? Absolute(YamlNode? node) =>
        node is YamlScalar { IsNull: false, Value.Length: > 0 } written ? written with { Value = paths.Absolute(written.Value, directory), TextColumn = 0 } : node;
}
