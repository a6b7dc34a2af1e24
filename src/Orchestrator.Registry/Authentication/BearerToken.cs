namespace Orchestrator.Registry.Authentication;

/// <summary>A token, what it was asked for, and until when it is used.</summary>
internal sealed record BearerToken(string Value, IReadOnlyList<AccessScope> Scopes, DateTimeOffset UsedUntil)
{
    public bool Covers(IReadOnlyList<AccessScope> wanted) => wanted.All(scope => Scopes.Any(own => own.Covers(scope)));

    public override string ToString() => $"a token for {string.Join(' ', Scopes)}";
}
