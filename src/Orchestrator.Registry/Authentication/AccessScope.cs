namespace Orchestrator.Registry.Authentication;

/// <summary>What a token allows: <c>repository:acme/api:pull,push</c> (https://distribution.github.io/distribution/spec/auth/scope/).</summary>
internal sealed record AccessScope(string Type, string Name, IReadOnlySet<string> Actions)
{
    public static AccessScope Pull(string repository) => new("repository", repository, new HashSet<string> { "pull" });

    public static AccessScope Push(string repository) => new("repository", repository, new HashSet<string> { "pull", "push" });

    public static AccessScope Delete(string repository) => new("repository", repository, new HashSet<string> { "pull", "delete" });

    /// <summary>Reads a challenge's scopes, which are separated by blanks; what is not one is left out.</summary>
    public static IEnumerable<AccessScope> Parse(string text)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var first = word.IndexOf(':', StringComparison.Ordinal);
            var last = word.LastIndexOf(':');
            if (first > 0 && last > first)
            {
                yield return new AccessScope(word[..first], word[(first + 1)..last], word[(last + 1)..].Split(',').ToHashSet(StringComparer.Ordinal));
            }
        }
    }

    /// <summary>One scope for each thing, with the actions of all, in a fixed order.</summary>
    public static IReadOnlyList<AccessScope> Merge(IEnumerable<AccessScope> scopes) =>
    [
        .. scopes.GroupBy(scope => (scope.Type, scope.Name))
            .Select(group => new AccessScope(group.Key.Type, group.Key.Name, group.SelectMany(scope => scope.Actions).ToHashSet(StringComparer.Ordinal)))
            .OrderBy(scope => scope.ToString(), StringComparer.Ordinal),
    ];

    public bool Covers(AccessScope other) => Type == other.Type && Name == other.Name && Actions.IsSupersetOf(other.Actions);

    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions.Order(StringComparer.Ordinal))}";
}
