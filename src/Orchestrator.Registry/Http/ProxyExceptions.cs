using System.Globalization;
using System.Net;

namespace Orchestrator.Registry.Http;

/// <summary>
/// <c>NO_PROXY</c> as Go's programs understand it (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config): addresses, networks, names with all that is below
/// them, with a dot before them only what is below; each with a port or for all ports; <c>*</c> is everything. This machine itself always is one.
/// </summary>
internal sealed class ProxyExceptions
{
    private readonly List<(string Name, bool IncludesItself, string Port)> _names = [];
    private readonly List<(IPAddress Address, string Port)> _addresses = [];
    private readonly List<IPNetwork> _networks = [];
    private bool _isEverything;

    public static ProxyExceptions Parse(string text)
    {
        var exceptions = new ProxyExceptions();
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            exceptions.Add(entry.ToLowerInvariant());
        }

        return exceptions;
    }

    public bool Cover(Uri destination)
    {
        var (host, port) = (destination.IdnHost.ToLowerInvariant(), destination.Port.ToString(CultureInfo.InvariantCulture));
        var address = Address(host);
        return _isEverything || host == "localhost"
            || (address is not null && (IPAddress.IsLoopback(address)
                || _networks.Exists(network => network.Contains(address)) || _addresses.Exists(known => known.Address.Equals(address) && IsPort(known.Port))))
            || _names.Exists(known => (host.EndsWith(known.Name, StringComparison.Ordinal) || (known.IncludesItself && host == known.Name[1..])) && IsPort(known.Port));

        bool IsPort(string wanted) => wanted.Length == 0 || wanted == port;
    }

    private void Add(string entry)
    {
        _isEverything |= entry == "*";
        if (Network(entry) is { } network)
        {
            _networks.Add(network);
            return;
        }

        var (host, port) = Split(entry);
        if (Address(host) is { } address)
        {
            _addresses.Add((address, port));
        }
        else if (host.Length > 0)
        {
            var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
            _names.Add(("." + Ascii(name.TrimStart('.')), name[0] != '.', port));
        }
    }

    /// <summary>A port belongs to a name or an IPv4 address, and to an IPv6 address in brackets.</summary>
    private static (string Host, string Port) Split(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var host = colon < 0 ? entry : entry[..colon];
        return colon < 0 ? (entry, "")
            : host.StartsWith('[') && host.EndsWith(']') ? (host[1..^1], entry[(colon + 1)..])
            : host.Contains(':', StringComparison.Ordinal) ? (entry, "")
            : (host, entry[(colon + 1)..]);
    }

    /// <summary>Bits behind the prefix do not matter.</summary>
    private static IPNetwork? Network(string entry)
    {
        if (entry.Split('/') is not [var text, var length] || Address(text) is not { } address || !byte.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        for (var bit = (int)bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return bits <= bytes.Length * 8 ? new IPNetwork(new IPAddress(bytes), bits) : null;
    }

    /// <summary>Only whole addresses: .NET would take <c>10</c> for one.</summary>
    private static IPAddress? Address(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3) && IPAddress.TryParse(text, out var address)
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;

    private static string Ascii(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
