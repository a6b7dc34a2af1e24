using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>The instructions that take something in: COPY, ADD and RUN --mount.</summary>
internal sealed partial class StageEvaluator
{
    private void Copy(Instruction instruction, LinkedStage linked, VariableScope scope)
    {
        foreach (var flag in instruction.Flags.Where(flag => flag.Name is "chown" or "chmod"))
        {
            Expand(new Located<string>(flag.Value, flag.Span), scope);
        }

        var checksum = instruction.FindFlag("checksum") is { } written ? Expand(new Located<string>(written.Value, written.Span), scope) : null;
        var remote = new List<RemoteUse>();
        var local = new List<Located<string>>();
        var isCertain = checksum is null or { IsCertain: true };
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in instruction.Arguments.SkipLast(1).Where(argument => HeredocReader.Parse(argument.Value, argument.Span) is null))
        {
            var expansion = Expand(source, scope, used);
            isCertain &= expansion.IsCertain;
            var expanded = source with { Value = expansion.Text };
            if (RemoteUse.Classify(expansion.Text) is not { } kind)
            {
                local.Add(expanded);
            }
            else if (instruction.Keyword == "ADD")
            {
                remote.Add(new RemoteUse(expanded, kind, checksum is { Text.Length: > 0 } ? checksum.Text : null, linked.Stage) { IsCertain = expansion.IsCertain });
            }
            else
            {
                diagnostics.Add(Rules.RemoteCopy.At(source.Span, RemoteAddress.Parse(expansion.Text, kind).Source));
            }
        }

        Expand(instruction.Arguments[^1], scope);
        if (checksum is { Text.Length: > 0 } && isCertain)
        {
            CheckChecksum(instruction, remote, local.Count);
        }

        RemoteUses.AddRange(remote);
        NeedsBaseEnvironment |= !isCertain;
        AddCopyUse(instruction, linked, local, isCertain, hasVariables: used.Count > 0);
    }

    /// <summary>BuildKit takes a commit as the checksum of a repository, in full or shortened; only that of a file has to be a digest.</summary>
    private void CheckChecksum(Instruction instruction, List<RemoteUse> remote, int localCount)
    {
        var span = instruction.FindFlag("checksum")!.Span;
        if (remote.Count != 1 || localCount > 0)
        {
            diagnostics.Add(Rules.ChecksumSource.At(span));
        }
        else if (remote[0] is { Kind: RemoteKind.Http, IsChecksumValid: false })
        {
            diagnostics.Add(Rules.BadChecksum.At(span, remote[0].Checksum!));
        }
    }

    private void AddCopyUse(Instruction instruction, LinkedStage linked, List<Located<string>> sources, bool isCertain, bool hasVariables)
    {
        var from = instruction.FindFlag("from");
        if (from is { Value: "" })
        {
            from = null;
        }

        if (from is not null && linked.Sources.ContainsKey(from))
        {
            return;
        }

        if (from is not null)
        {
            AddImage(ImageUseKind.CopyFrom, from.Value, from, linked.Stage);
        }

        if (from?.Value != LinkedStage.Scratch && (sources.Count > 0 || !isCertain))
        {
            ContextUses.Add(new ContextUse(instruction, linked.Stage, from?.Value, sources)
            {
                KeepsParents = instruction.FindFlag("parents")?.IsTrue ?? false,
                Excludes = [.. instruction.Flags.Where(flag => flag.Name == "exclude").Select(flag => flag.Value)],
                IsCertain = isCertain,
                HasVariables = hasVariables,
            });
        }
    }

    private void Run(Instruction instruction, LinkedStage linked, VariableScope scope)
    {
        foreach (var flag in instruction.Flags.Where(flag => flag.Name == "mount"))
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            if (Mount.Parse(flag, value => scope.Expand(value, document.EscapeToken, used), diagnostics) is { } mount)
            {
                Mounts.Add(mount);
                AddMountUse(mount, instruction, flag, linked, hasVariables: used.Count > 0);
            }
        }
    }

    private void AddMountUse(Mount mount, Instruction instruction, Flag flag, LinkedStage linked, bool hasVariables)
    {
        NeedsBaseEnvironment |= !mount.IsCertain;
        if (linked.Sources.ContainsKey(flag))
        {
            return;
        }

        // BuildKit looks the name up before it expands anything.
        var from = Mount.FindFrom(flag);
        if (from is not null)
        {
            AddImage(ImageUseKind.MountFrom, from, flag, linked.Stage);
        }

        var isFromContext = mount.Type == "bind" || !mount.IsCertain || (from is not null && mount.Type == "cache");
        if (isFromContext && from != LinkedStage.Scratch)
        {
            var source = new Located<string>(mount.Source.Length == 0 ? "/" : mount.Source, mount.Span);
            ContextUses.Add(new ContextUse(instruction, linked.Stage, from, [source]) { IsCertain = mount.IsCertain, HasVariables = hasVariables });
        }
    }

    /// <summary>BuildKit looks for the images that a replaced stage would have taken from.</summary>
    private void AddReplaced(LinkedStage linked)
    {
        foreach (var instruction in linked.Instructions)
        {
            foreach (var flag in instruction.Flags.Where(flag => !linked.Sources.ContainsKey(flag)))
            {
                switch (instruction.Keyword, flag.Name)
                {
                    case ("COPY", "from") when flag.Value.Length > 0:
                        AddImage(ImageUseKind.CopyFrom, flag.Value, flag, linked.Stage);
                        break;
                    case ("RUN", "mount") when Mount.FindFrom(flag) is { } from:
                        AddImage(ImageUseKind.MountFrom, from, flag, linked.Stage);
                        break;
                }
            }
        }
    }

    private void AddImage(ImageUseKind kind, string reference, Flag flag, Stage stage)
    {
        if (reference != LinkedStage.Scratch)
        {
            Images.Add(new ImageUse(kind, new Located<string>(reference, flag.Span), stage) { Flag = flag, Range = flag.Range });
        }
    }
}
