using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads an entry of <c>extra_hosts</c> as buildx does: <c>host=address</c> or <c>host:address</c>, several addresses with commas between them, each with brackets or without.</summary>
internal static class HostAddresses
{
    /// <returns>No addresses, and why, when it is not one.</returns>
    public static (string Host, IReadOnlyList<string> Addresses, string? Problem) Parse(string text)
    {
        var sign = text.Contains('=', StringComparison.Ordinal) ? '=' : ':';
        if (text.Split(sign, 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } host, { Length: > 0 } written])
        {
            return ("", [], "write host=address");
        }

        if (written == BuildDefinition.HostGateway)
        {
            return (host, [written], null);
        }

        var addresses = written.Split(',', StringSplitOptions.TrimEntries).Select(address => address is ['[', .. var inner, ']'] ? inner : address).ToList();
        return addresses.Find(address => !IsAddress(address)) is { } wrong
            ? (host, [], $"'{wrong}' is not an IP address; {BuildDefinition.HostGateway} alone stands for that of the engine's machine")
            : (host, addresses, null);
    }

    /// <summary>In the forms that the builder knows: .NET also takes 1.2 and 010.0.0.1, and ports and scopes of IPv6.</summary>
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !text.AsSpan().ContainsAny("[]%"));
}
