using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <content>What concerns RUN steps: memory, hosts, limits, secrets, ssh.</content>
internal sealed partial class SectionReader
{
    private static readonly string[] SecretOwner = ["uid", "gid", "mode"];

    private List<Located<string>> Entitlements(KeyedMapping section)
    {
        var read = new List<Located<string>>();
        foreach (var entitlement in section.Texts("entitlements"))
        {
            if (entitlement.Value == BuildDefinition.HostNetwork)
            {
                read.Add(entitlement);
            }
            else
            {
                _diagnostics.Add(Rules.InvalidValue.At(entitlement.Span, entitlement.Value, "entitlements", $"it must be {BuildDefinition.HostNetwork}; others are not supported yet"));
            }
        }

        return read;
    }

    private Located<long>? SharedMemorySize(KeyedMapping section)
    {
        if (section.FilledText("shm_size") is not { } text)
        {
            return null;
        }

        if (ByteSize.TryParse(text.Value, out var bytes))
        {
            return new Located<long>(bytes, text.Span);
        }

        _diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, "shm_size", ByteSize.Form));
        return null;
    }

    private List<Located<string>> ExtraHosts(KeyedMapping section)
    {
        var written = new List<Located<string>>();
        foreach (var entry in section.Entries("extra_hosts"))
        {
            var addresses = entry.Value is YamlSequence list ? list.Items : [entry.Value];
            written.AddRange(addresses.Select(address => new Located<string>($"{entry.Key.Value}={(address as YamlScalar)?.Value}", address.Span)));
        }

        var read = new List<Located<string>>();
        foreach (var host in written.Concat(section.Texts("extra_hosts")))
        {
            var (name, addresses, problem) = HostAddresses.Parse(host.Value);
            read.AddRange(addresses.Select(address => new Located<string>($"{name}={address}", host.Span)));
            if (problem is not null)
            {
                _diagnostics.Add(Rules.InvalidValue.At(host.Span, host.Value, "extra_hosts", problem));
            }
        }

        return read;
    }

    private List<KeyValuePair<string, Located<string>>> Ulimits(KeyedMapping section)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var entry in section.Entries("ulimits"))
        {
            var (soft, hard) = Limits(entry);
            if (IsLimit(soft) && IsLimit(hard))
            {
                read.Add(new(entry.Key.Value, new($"{entry.Key.Value}={soft}:{hard}", entry.Value.Span)));
            }
            else
            {
                _diagnostics.Add(Rules.InvalidValue.At(entry.Value.Span, entry.Key.Value, "ulimits", "write a number, or { soft: number, hard: number }"));
            }
        }

        return read;
    }

    private (string? Soft, string? Hard) Limits(YamlEntry entry)
    {
        if (entry.Value is YamlMapping mapping)
        {
            var limit = new KeyedMapping(mapping, KeyPlaces.Ulimit, "a limit", _diagnostics);
            return (limit.Text("soft")?.Value, limit.Text("hard")?.Value);
        }

        var both = (entry.Value as YamlScalar)?.Value;
        return (both, both);
    }

    private static bool IsLimit(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= -1;

    private List<KeyValuePair<string, Located<string>>> Ssh(KeyedMapping section)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (id, socket) in Filled(section.Pairs("ssh"), "ssh"))
        {
            var agent = string.IsNullOrEmpty(socket.Value) ? id : $"{id}={scope.Paths.Absolute(socket.Value)}";
            read.Add(new(id, new(agent, socket.Span)));
        }

        return read;
    }

    private List<KeyValuePair<string, Located<BuildSecret>>> Secrets(KeyedMapping section)
    {
        var read = new List<KeyValuePair<string, Located<BuildSecret>>>();
        foreach (var item in section.Items("secrets"))
        {
            var secret = item switch
            {
                YamlScalar { IsNull: false } id => Declared(id.Value, id.Span),
                YamlMapping mapping => InPlace(new KeyedMapping(mapping, KeyPlaces.ImageSecret, "a secret", _diagnostics)),
                _ => WrongSecret(item),
            };
            if (secret is not null)
            {
                read.Add(new(secret.Id, new(secret, item.Span)));
            }
        }

        return read;
    }

    private BuildSecret? Declared(string name, SourceSpan place)
    {
        if (declaredSecrets.TryGetValue(name, out var secret))
        {
            return secret;
        }

        _diagnostics.Add(Rules.SecretNotDeclared.At(place, name, DidYouMean.Phrase(name, declaredSecrets.Keys)));
        return null;
    }

    /// <summary>Compose reads a secret's owner and permissions and does nothing with them: BuildKit has them from the step that mounts it.</summary>
    private BuildSecret? InPlace(KeyedMapping secret)
    {
        foreach (var key in SecretOwner.Select(secret.Find).OfType<YamlEntry>())
        {
            _diagnostics.Add(Rules.SecretOwnerIgnored.At(key.Key.Span, key.Key.Value));
        }

        if (secret.Text("source") is { } source)
        {
            return Declared(source.Value, source.Span) is { } declared ? declared with { Id = secret.Text("target")?.Value ?? source.Value } : null;
        }

        if (secret.FilledText("id") is { } id)
        {
            return SecretSource.Read(id.Value, secret, scope, scope.Variables);
        }

        _diagnostics.Add(Rules.KeyMissing.At(secret.Span, "A secret", "id"));
        return null;
    }

    private BuildSecret? WrongSecret(YamlNode item)
    {
        _diagnostics.Add(Rules.WrongType.At(item.Span, "secrets", "a list of ids or mappings", item.Kind));
        return null;
    }
}
