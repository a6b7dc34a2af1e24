using System.Security.Cryptography;

namespace Orchestrator.BuildKit;

/// <summary>Ids of builds and sessions as Go's clients make them: 25 characters of <c>[a-z0-9]</c>.</summary>
internal static class Identifier
{
    private const int Length = 25;

    public static string New() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length);
}
