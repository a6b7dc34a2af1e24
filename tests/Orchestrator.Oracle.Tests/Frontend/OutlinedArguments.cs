using Orchestrator.Dockerfiles;

namespace Orchestrator.Oracle.Tests.Frontend;

/// <summary>
/// Our arguments in the form of BuildKit's outline. We list every declaration; the outline lists every name once, with the value of the stage nearest
/// to the target: the target, the stages that it is built from, then those that it copies from. Arguments that BuildKit provides are left out
/// unless the Dockerfile declares them before the first FROM.
/// </summary>
internal sealed class OutlinedArguments(DockerfileDocument document, StageClosure closure, DockerfileInputs inputs)
{
    private readonly Dictionary<int, LinkedStage> _links = closure.Links.ToDictionary(link => link.Stage.Index);
    private readonly HashSet<string> _globals = [.. document.MetaArguments.SelectMany(instruction => instruction.Assignments).Select(assignment => assignment.Name.Value)];
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);

    public IEnumerable<(string Name, string? Value)> List()
    {
        Visit(closure.Target.Index);

        // What is left are the arguments that the defaults of others are made of.
        Add(closure.Arguments.Where(argument => argument.Stage is null));
        return _found.Select(pair => (pair.Key, pair.Value));
    }

    private void Visit(int index)
    {
        var link = _links[index];
        if (link.IsReplaced)
        {
            return;
        }

        Add(closure.Arguments.Where(argument => argument.Stage == link.Stage && !IsProvided(argument)));
        Add(closure.Arguments.Where(argument => argument.Stage is null && link.UsedArguments.Contains(argument.Name)));
        foreach (var next in (link.BaseStage is { } parent ? [parent] : Array.Empty<int>()).Concat(link.Sources.Values))
        {
            Visit(next);
        }
    }

    /// <summary>Of several declarations in one place the last one counts.</summary>
    private void Add(IEnumerable<DeclaredArgument> declarations)
    {
        foreach (var declaration in declarations.Reverse())
        {
            _found.TryAdd(declaration.Name, declaration.Value);
        }
    }

    private bool IsProvided(DeclaredArgument argument) =>
        argument is { Default: null, Value: not null } && !inputs.BuildArguments.ContainsKey(argument.Name) && !_globals.Contains(argument.Name);
}
