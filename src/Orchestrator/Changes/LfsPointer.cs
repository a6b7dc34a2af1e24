using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Changes;

/// <summary>What git has of a file that Git LFS keeps (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).</summary>
/// <param name="Hash">Of the content, SHA-256, in small hexadecimal digits.</param>
/// <param name="Size">Bytes.</param>
internal sealed partial record LfsPointer(string Hash, long Size)
{
    /// <summary>By the specification a pointer is shorter.</summary>
    private const int Longest = 1024;

    /// <summary>Puts the content in the place of a pointer where a working tree has it, with the permissions that the pointer has; else leaves what is there.</summary>
    /// <param name="file">The pointer, or whatever a filter made of it.</param>
    /// <param name="content">What may be its content.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">One of them cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static async Task ReplaceAsync(string file, string content, CancellationToken cancellationToken)
    {
        if (Read(file) is { } pointer && await pointer.IsOfAsync(content, cancellationToken).ConfigureAwait(false))
        {
            using var from = File.OpenRead(content);
            using var to = new FileStream(file, FileMode.Truncate, FileAccess.Write);
            await from.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Null when the file is none, or is not there.</returns>
    private static LfsPointer? Read(string file)
    {
        var found = new FileInfo(file);
        return found.Exists && found.LinkTarget is null && found.Length < Longest && Written().Match(File.ReadAllText(file, Encoding.UTF8)) is { Success: true } match
            ? new LfsPointer(match.Groups["hash"].Value, long.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture)) : null;
    }

    private async Task<bool> IsOfAsync(string content, CancellationToken cancellationToken)
    {
        var found = new FileInfo(content);
        if (!found.Exists || found.LinkTarget is not null || found.Length != Size)
        {
            return false;
        }

        using var stream = found.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)) == Hash;
    }

    [GeneratedRegex(@"\Aversion [^\n]+\n(?:ext-[^\n]+\n)*oid sha256:(?<hash>[0-9a-f]{64})\nsize (?<size>[0-9]{1,18})\n", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
