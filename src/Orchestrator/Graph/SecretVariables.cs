namespace Orchestrator.Graph;

/// <summary>
/// The variables of a graph's or a project's env files, for secrets that are in one of them. Two are equal and none shows what it holds, so that a value gets into
/// no comparison, fingerprint or message.
/// </summary>
internal sealed class SecretVariables(IReadOnlyDictionary<string, string> variables) : IEquatable<SecretVariables>
{
    public static SecretVariables None { get; } = new(new Dictionary<string, string>());

    public string? Find(string name) => variables.GetValueOrDefault(name);

    public bool Equals(SecretVariables? other) => other is not null;

    public override bool Equals(object? obj) => obj is SecretVariables;

    public override int GetHashCode() => 0;

    public override string ToString() => "";
}
