using System.Security.Cryptography;

namespace Orchestrator.BuildKit;

/// <summary>Ids for builds and sessions: 25 characters of <c>[a-z0-9]</c>. The daemon gives <c>:</c> and <c>/</c> a meaning of their own.</summary>
internal static class Identifiers
{
    public static string Next() => RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 25);
}
