using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Where a secret comes from: exactly one of a file and a variable. The value itself is never read here.</summary>
internal static class SecretSource
{
    public static BuildSecret? Read(string id, KeyedMapping secret, ReadingScope scope, IReadOnlyDictionary<string, string> variables)
    {
        var file = secret.FilledText("file");
        var variable = secret.FilledText("env") ?? secret.FilledText("environment");
        if (file is not null && variable is { } second)
        {
            scope.Diagnostics.Add(Rules.KeysExcludeEachOther.At(second.Span, "file", "env"));
            return null;
        }

        if (file is { } path)
        {
            var absolute = scope.Paths.Absolute(path.Value);
            return scope.Paths.Admits(absolute, path.Span) ? new BuildSecret(id, absolute, null) : null;
        }

        if (variable is { } name)
        {
            return new BuildSecret(id, null, name.Value) { Variables = new SecretVariables(variables) };
        }

        scope.Diagnostics.Add(Rules.KeyMissing.At(secret.Span, $"The secret '{id}'", "file' or 'env"));
        return null;
    }
}
