using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Locking;

/// <summary>Reads the form of <see cref="LockText"/>. Every line that is wrong is reported, a merge conflict once.</summary>
internal sealed partial class LockReader
{
    private static readonly string[] ConflictMarkers = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

    private readonly string _path;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Located<Pin>> _pins = [];
    private readonly List<Located<RemotePin>> _remotes = [];
    private readonly List<Refresh> _refreshes = [];
    private bool _hasVersion;
    private bool _isBroken;
    private int _line;

    private LockReader(string path, DiagnosticBag diagnostics) => (_path, _diagnostics) = (path, diagnostics);

    /// <returns>Null when something is wrong; that was reported.</returns>
    public static LockFile? Read(string path, string text, DiagnosticBag diagnostics)
    {
        var reader = new LockReader(path, diagnostics);
        foreach (var line in text.Split('\n'))
        {
            reader._line++;
            if (Array.Exists(ConflictMarkers, marker => line.StartsWith(marker, StringComparison.Ordinal)))
            {
                diagnostics.Add(Rules.LockConflict.At(reader.Span(0, 0)));
                return null;
            }

            reader.Line(Word().Matches(line.Split('#')[0]).ToList());
        }

        return reader._isBroken ? null : new LockFile(path, reader._pins, reader._remotes, exists: true) { Refreshes = reader._refreshes };
    }

    private void Line(IReadOnlyList<Match> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        if (!_hasVersion)
        {
            _hasVersion = true;
            if (words is not [{ Value: LockText.VersionWord }, var number] || number.Value != LockText.Version.ToString(CultureInfo.InvariantCulture))
            {
                Broken(words[^1], $"this tool reads files that begin with '{LockText.VersionWord} {LockText.Version}'");
            }

            return;
        }

        switch (words[0].Value)
        {
            case LockText.ImageWord when words.Count == 3:
                Pin(words[1], null, words[2]);
                break;
            case LockText.LocalWord when words.Count == 4:
                Pin(words[1], words[2], words[3]);
                break;
            case LockText.HttpWord when words.Count == 3:
                Remote(RemoteKind.Http, words[1], null, words[2]);
                break;
            case LockText.GitWord when words.Count == 4:
                Remote(RemoteKind.Git, words[1], words[2], words[3]);
                break;
            case LockText.RefreshWord when words.Count == 3:
                Refresh(words[1], words[2]);
                break;
            default:
                Broken(words[0], $"a line is '{LockText.ImageWord} REFERENCE DIGEST', '{LockText.LocalWord} REFERENCE PLATFORM DIGEST', '{LockText.HttpWord} ADDRESS DIGEST', '{LockText.GitWord} ADDRESS REF COMMIT' or '{LockText.RefreshWord} IMAGE TIME'");
                break;
        }
    }

    private void Pin(Match reference, Match? platform, Match digest)
    {
        if (!ImageReference.TryParse(reference.Value, out var source) || source.Digest is not null)
        {
            Broken(reference, $"'{reference.Value}' is not the reference of an image by its tag");
        }
        else if (platform is not null && !PlatformName.IsWhole(platform.Value))
        {
            Broken(platform, $"'{platform.Value}' is not a platform such as linux/amd64");
        }
        else if (!Locking.Pin.IsDigest(digest.Value))
        {
            Broken(digest, $"'{digest.Value}' is not a digest: sha256: and 64 digits, or sha512: and 128");
        }
        else
        {
            Add(new Pin(source, platform?.Value, digest.Value), reference);
        }
    }

    /// <summary>An address is written as it is looked up: what is private is not in it.</summary>
    private void Remote(RemoteKind kind, Match address, Match? name, Match digest)
    {
        var (what, isValid) = kind == RemoteKind.Http
            ? ("a digest: sha256: and 64 digits", Digest().IsMatch(digest.Value)) : ("the whole name of a commit", RemoteUse.IsCommit(digest.Value));
        var bare = kind == RemoteKind.Http ? HashedQuery().Replace(address.Value, "") : address.Value;
        if (RemoteUse.Classify(bare) != kind || RemoteAddress.Parse(bare, kind).Source.Address != bare)
        {
            Broken(address, kind == RemoteKind.Http ? "this is not the address of a file, without a user" : "this is not the address of a repository, without a password");
        }
        else if (!isValid)
        {
            Broken(digest, $"'{digest.Value}' is not {what}");
        }
        else
        {
            Add(new RemotePin(new RemoteSource(kind, address.Value, name?.Value), digest.Value), address);
        }
    }

    private void Refresh(Match image, Match stamp)
    {
        if (Stamp().IsMatch(stamp.Value))
        {
            _refreshes.Add(new Refresh(image.Value, stamp.Value));
        }
        else
        {
            Broken(stamp, $"'{stamp.Value}' is not a time such as 2026-11-21T12:30:00Z");
        }
    }

    /// <summary>The same line twice is what a merge may leave behind, and says nothing wrong.</summary>
    private void Add(Pin pin, Match reference)
    {
        var found = _pins.FindIndex(other => other.Value.Source == pin.Source && (other.Value.Platform == pin.Platform || other.Value.IsContent != pin.IsContent));
        if (found < 0)
        {
            _pins.Add(new Located<Pin>(pin, Span(reference.Index, reference.Length)));
        }
        else if (_pins[found] is var other && other.Value != pin)
        {
            _isBroken = true;
            _diagnostics.Add(Rules.LockedTwice.At(Span(reference.Index, reference.Length), pin.Source.Familiar, pin.Digest, other.Value.Digest, other.Span.Line));
        }
    }

    private void Add(RemotePin pin, Match address)
    {
        if (_remotes.Find(other => other.Value.Source == pin.Source) is not { } other)
        {
            _remotes.Add(new Located<RemotePin>(pin, Span(address.Index, address.Length)));
        }
        else if (other.Value != pin)
        {
            _isBroken = true;
            _diagnostics.Add(Rules.LockedTwice.At(Span(address.Index, address.Length), pin.Source, pin.Digest, other.Value.Digest, other.Span.Line));
        }
    }

    private void Broken(Match word, string reason)
    {
        _isBroken = true;
        _diagnostics.Add(Rules.BrokenLock.At(Span(word.Index, word.Length), reason));
    }

    private SourceSpan Span(int start, int length) => new(_path, _line, start + 1, _line, start + length + 1);

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    [GeneratedRegex(@"\?[0-9a-f]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashedQuery();
}
