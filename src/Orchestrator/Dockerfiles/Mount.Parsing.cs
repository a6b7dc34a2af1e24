using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Parsing, in two steps as in BuildKit: <c>from</c> is read before any variable is known, the rest when the instruction's turn comes.</summary>
internal sealed partial record Mount
{
    private static readonly string[] Types = ["bind", "cache", "tmpfs", "secret", "ssh"];
    private static readonly string[] Sharings = ["shared", "private", "locked"];
    private static readonly string[] Keys =
    [
        "type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw",
        "required", "size", "id", "sharing", "mode", "uid", "gid", "env",
    ];

    /// <summary>The stage, image or named context of a <c>--mount</c>, null without one.</summary>
    public static string? FindFrom(Flag flag) =>
        CommaFields.Read(flag.Value)?
            .Select(field => field.Split('=', 2))
            .LastOrDefault(parts => parts.Length == 2 && parts[0].Equals("from", StringComparison.OrdinalIgnoreCase) && parts[1].Length > 0)?[1];

    /// <summary>
    /// Whether it is a cache before any variable is known. One without <c>from</c> begins with what the name <c>scratch</c> means, which is a stage where one has that name.
    /// </summary>
    public static bool MayBeCache(Flag flag) => CommaFields.Read(flag.Value)?.Contains("type=cache", StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>What is wrong with a <c>--mount</c> already before expansion.</summary>
    public static Diagnostic? FromFault(Flag flag)
    {
        if (CommaFields.Read(flag.Value) is null)
        {
            return Rules.BrokenMount.At(flag.Span, flag.Value.Length == 0 ? "it is empty" : "its quotes are out of place");
        }

        var from = FindFrom(flag);
        var dollar = from?.IndexOf('$', StringComparison.Ordinal) ?? -1;
        return dollar >= 0 && dollar < from!.Length - 1 ? Rules.VariableInFrom.At(flag.Span, from) : null;
    }

    /// <summary>Null when something is wrong; that was reported.</summary>
    public static Mount? Parse(Flag flag, Func<string, Expansion> expand, DiagnosticBag diagnostics)
    {
        var mount = new Mount("bind", null, "", "", null, flag.Span);
        var others = new List<KeyValuePair<string, string>>();
        var fault = (string?)null;
        bool? readOnly = null;
        foreach (var field in CommaFields.Read(flag.Value) ?? [])
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var expansion = equals < 0 ? null : expand(field[(equals + 1)..]);
            mount = mount with { IsCertain = mount.IsCertain && expansion is null or { IsCertain: true } };
            fault ??= expansion?.Error?.Message;
            mount = Set(mount, field, equals < 0 ? field : field[..equals], expansion?.Text, others, ref readOnly, ref fault);
        }

        fault ??= Contradiction(mount, others);
        if (fault is not null && mount.IsCertain)
        {
            diagnostics.Add(Rules.BrokenMount.At(flag.Span, fault));
            return null;
        }

        return mount with { Others = others, IsReadOnly = readOnly ?? mount.Type is not ("cache" or "tmpfs") };
    }

    private static Mount Set(
        Mount mount, string field, string name, string? value, List<KeyValuePair<string, string>> others, ref bool? readOnly, ref string? fault)
    {
        var key = Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (value is null && key is not ("readonly" or "ro" or "readwrite" or "rw" or "required"))
        {
            fault ??= $"'{field}' must be key=value";
            return mount;
        }

        switch (key)
        {
            case "type":
                return mount with { Type = OneOf(Types, value!, ref fault) };
            case "from":
                return mount with { From = value!.Length == 0 ? null : value };
            case "source" or "src":
                return mount with { Source = value! };
            case "target" or "dst" or "destination":
                return mount with { Target = value! };
            case "id":
                return mount with { Id = value };
            case "sharing":
                return mount with { Sharing = OneOf(Sharings, value!, ref fault) };
            case "env":
                return mount with { Environment = value };
            case "required":
                fault ??= mount.Type is "secret" or "ssh" ? null : $"'required' does not go with type {mount.Type}";
                return mount with { IsRequired = IsTrue(value, key, ref fault) };
            case "readonly" or "ro":
                readOnly = IsTrue(value, key, ref fault);
                return mount;
            case "readwrite" or "rw":
                readOnly = !IsTrue(value, key, ref fault);
                return mount;
            case null:
                fault ??= $"it knows no key '{name}'" + (Suggestion.Closest(name, Keys) is { } closest ? $"; '{closest}' may be meant" : "");
                return mount;
            default:
                others.Add(KeyValuePair.Create(key, value!));
                return mount;
        }
    }

    private static string OneOf(string[] allowed, string value, ref string? fault)
    {
        var found = allowed.FirstOrDefault(known => known.Equals(value, StringComparison.OrdinalIgnoreCase));
        fault ??= found is null ? $"'{value}' is not one of {string.Join(", ", allowed)}" : null;
        return found ?? value;
    }

    /// <summary>The spellings of a boolean in Go.</summary>
    private static bool IsTrue(string? value, string key, ref string? fault)
    {
        switch (value)
        {
            case null or "1" or "t" or "T" or "TRUE" or "true" or "True":
                return true;
            case "0" or "f" or "F" or "FALSE" or "false" or "False":
                return false;
            default:
                fault ??= $"'{key}' takes true or false, not '{value}'";
                return false;
        }
    }

    private static string? Contradiction(Mount mount, List<KeyValuePair<string, string>> others)
    {
        var owner = others.Find(other => other.Key is "mode" or "uid" or "gid").Key;
        return mount.Type switch
        {
            "bind" or "tmpfs" when owner is not null => $"'{owner}' does not go with type {mount.Type}",
            not "tmpfs" when others.Exists(other => other.Key == "size") => $"'size' does not go with type {mount.Type}",
            not "cache" when mount.Sharing is not null => $"'sharing' does not go with type {mount.Type}",
            "secret" when mount.From is not null => "'from' does not go with type secret",
            "secret" when mount.Source.Length == 0 && mount.Target.Length == 0 && string.IsNullOrEmpty(mount.Id) =>
                "a secret needs an id, a source or a target",
            "secret" when mount.Source.Length > 0 && !string.IsNullOrEmpty(mount.Id) => "a secret takes an id or a source, not both",
            _ => null,
        };
    }
}
