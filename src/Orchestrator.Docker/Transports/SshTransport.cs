using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Docker.Transports;

/// <summary>
/// The engine of another machine, through that machine's <c>docker system dial-stdio</c>. Every connection is an ssh process of its own.
/// </summary>
internal sealed class SshTransport(Uri address, string program) : ITransport
{
    public string Host => TransportChoice.LocalHost;

    /// <summary>sshd refuses at random when more than ten log in at once (<c>MaxStartups</c>).</summary>
    public int ConnectionLimit => 4;

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, Arguments(address))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            var process = Process.Start(start) ?? throw new TransportException($"{program} did not start");
            return Task.FromResult<Stream>(new ProcessStream(process, program));
        }
        catch (Win32Exception exception)
        {
            throw new TransportException($"the program {program} cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Behind <c>--</c> no host name can be taken for an option.</summary>
    internal static IReadOnlyList<string> Arguments(Uri address)
    {
        List<string> arguments = ["-o", "ConnectTimeout=30", "-T"];
        if (address.UserInfo.Length > 0)
        {
            arguments.AddRange(["-l", Uri.UnescapeDataString(address.UserInfo)]);
        }

        if (address.Port > 0)
        {
            arguments.AddRange(["-p", address.Port.ToString(CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["--", Name(address), "docker"]);
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        if (path.Length > 1)
        {
            arguments.Add(QuotedForShell($"--host=unix://{path}"));
        }

        arguments.AddRange(["system", "dial-stdio"]);
        return arguments;
    }

    /// <summary>As it was written: ssh tells the aliases of its configuration apart by their case, which an address loses.</summary>
    private static string Name(Uri address)
    {
        var authority = address.OriginalString.Split("://", 2)[^1].Split('/')[0];
        var start = authority.IndexOf(address.DnsSafeHost, authority.LastIndexOf('@') + 1, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? address.DnsSafeHost : authority.Substring(start, address.DnsSafeHost.Length);
    }

    /// <summary>ssh joins the command with spaces and gives it to the other side's shell.</summary>
    private static string QuotedForShell(string word) =>
        word.All(character => char.IsAsciiLetterOrDigit(character) || "-_=:/.".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
