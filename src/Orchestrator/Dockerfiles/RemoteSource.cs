namespace Orchestrator.Dockerfiles;

/// <summary>What a lock can pin of the network: a file, or a ref of a repository. Nothing private is in it.</summary>
/// <param name="Address">
/// Of the file or repository, in the form that may be shown: without user and password (SSH keeps the user, which is no secret there), and with a hash in
/// place of what follows the question mark. No blanks and no <c>#</c>.
/// </param>
/// <param name="Ref">Of the repository: a branch, a tag or <c>HEAD</c>, the default branch; null for a file.</param>
internal sealed record RemoteSource(RemoteKind Kind, string Address, string? Ref)
{
    public const string DefaultRef = "HEAD";

    /// <summary>As a person would write it.</summary>
    public override string ToString() => Ref is null or DefaultRef ? Address : $"{Address}#{Ref}";
}
