using System.Net.Http.Headers;
using System.Text;

namespace Orchestrator.Registry.Authentication;

/// <summary>RFC 7617.</summary>
internal static class BasicHeader
{
    public static AuthenticationHeaderValue For(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Secret}")));
}
