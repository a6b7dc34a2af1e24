using System.Text;

namespace Orchestrator.Locking;

/// <summary>
/// The form of a lock file. A line stands for itself: no line counts or sums up others, so lines that two branches add can be merged by keeping both. Sorted by
/// reference, so that a difference shows what moved and nothing else.
/// </summary>
internal static class LockText
{
    public const int Version = 1;
    public const string VersionWord = "version";

    /// <summary><c>image REFERENCE DIGEST</c>: pinned to what a registry has.</summary>
    public const string ImageWord = "image";

    /// <summary><c>local REFERENCE PLATFORM DIGEST</c>: in no registry, pinned to its content.</summary>
    public const string LocalWord = "local";

    /// <summary><c>http ADDRESS DIGEST</c>: a file that ADD fetches.</summary>
    public const string HttpWord = "http";

    /// <summary><c>git ADDRESS REF COMMIT</c>: a repository that ADD fetches.</summary>
    public const string GitWord = "git";

    /// <summary><c>refresh IMAGE STAMP</c>: to be built anew once.</summary>
    public const string RefreshWord = "refresh";

    private const string Header = """
        # What the images are built from that is not built here, as it was when it was locked. `orchestrator lock` writes this file.
        # A line for each reference, in any order: where two branches added some, keep all.
        """;

    public static string Write(IEnumerable<Pin> pins, IEnumerable<RemotePin> remotes, IEnumerable<Refresh> refreshes)
    {
        var text = new StringBuilder(Header.ReplaceLineEndings("\n")).Append('\n').Append(VersionWord).Append(' ').Append(Version).Append('\n');
        foreach (var pin in pins.OrderBy(pin => pin.Source.ToString(), StringComparer.Ordinal).ThenBy(pin => pin.Platform, StringComparer.Ordinal))
        {
            text.Append(pin.Platform is { } platform ? $"{LocalWord} {pin.Source} {platform} {pin.Digest}" : $"{ImageWord} {pin.Source} {pin.Digest}").Append('\n');
        }

        foreach (var remote in remotes.OrderBy(remote => remote.Source.Address, StringComparer.Ordinal).ThenBy(remote => remote.Source.Ref, StringComparer.Ordinal))
        {
            text.Append(remote.Source.Ref is { } name ? $"{GitWord} {remote.Source.Address} {name} {remote.Digest}" : $"{HttpWord} {remote.Source.Address} {remote.Digest}").Append('\n');
        }

        foreach (var refresh in refreshes.OrderBy(refresh => refresh.Image, StringComparer.Ordinal))
        {
            text.Append(RefreshWord).Append(' ').Append(refresh.Image).Append(' ').Append(refresh.Stamp).Append('\n');
        }

        return text.ToString();
    }
}
