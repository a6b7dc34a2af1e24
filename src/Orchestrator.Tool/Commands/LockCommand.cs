using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Pinning;
using Orchestrator.Planning;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator lock</c>: pins what the images are built from that is not built here.</summary>
internal static class LockCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var update = new Option<string[]>("--update")
        {
            Description = "Ask again what these references stand for, or all of them, and show what moved.",
            HelpName = "reference",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail when a reference is not pinned, or a pin is not used." };
        var command = new Command("lock", "Pins the external references of the graph in images.lock, beside the graph file.") { update, check, common.File, common.GraphEnvironment, common.Progress, common.Missing };
        command.Validators.Add(result =>
        {
            if (result.GetValue(check) && result.GetResult(update) is { Implicit: false })
            {
                result.AddError("--check and --update exclude each other.");
            }
        });
        command.SetAction((parse, cancellationToken) =>
        {
            var workspace = new WorkspaceOptions(parse.GetValue(common.File), parse.GetValue(common.GraphEnvironment), []);
            var reporter = Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output);
            return parse.GetValue(check)
                ? CheckAsync(workspace, reporter, environment, cancellationToken)
                : UpdateAsync(workspace, parse.GetValue(common.Missing), parse.GetResult(update) is { Implicit: false } ? parse.GetValue(update) ?? [] : null, reporter, environment, cancellationToken);
        });
        return command;
    }

    /// <summary>With an engine, what images from outside bring along counts too; without one, what the files say.</summary>
    private static async Task<int> CheckAsync(WorkspaceOptions workspace, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, EngineMissing.Skip, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        if (await ReadAsync(workspace, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false) is var (graph, locked))
        {
            var platform = connection?.Platform ?? Platforms.Default;
            var uses = LockedReferences.Of(graph);
            if (!locked.Exists && uses.Count > 0)
            {
                diagnostics.Add(Rules.NoLock.At(new SourceSpan(graph.Graph.File), uses.Count));
            }

            diagnostics.AddRange(LockedReferences.Missing(graph, locked, platform).Select(use => Rules.NotLockedError.At(use.Span, use.Source.Familiar)));
            var stale = workspace.GraphEnvironment is null ? LockedReferences.Stale(graph, locked) : [];
            diagnostics.AddRange(stale.Select(pin => Rules.StalePin.At(pin.Span, pin.Value.Source.Familiar)));
            diagnostics.AddRange(FloatingRemotes(graph));
            if (!diagnostics.HasErrors)
            {
                reporter.Say($"{uses.Count} external references, all of them locked");
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <param name="updated">References to ask for again; empty means all, null none.</param>
    private static async Task<int> UpdateAsync(
        WorkspaceOptions workspace, EngineMissing missing, IReadOnlyList<string>? updated, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        if (connection is not null && await ReadAsync(workspace, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false) is var (graph, locked))
        {
            var uses = LockedReferences.Of(graph);
            if (Selection(updated, uses, diagnostics) is { } isUpdated)
            {
                var resolver = new PinResolver(connection.Engine, connection.Credentials, connection.Platform);
                var (pins, changes) = await new LockUpdate(resolver.ResolveAsync, connection.Platform, diagnostics) { KeepsUnused = workspace.GraphEnvironment is not null }.RunAsync(locked, uses, isUpdated, cancellationToken).ConfigureAwait(false);
                Write(locked, pins, changes, reporter, diagnostics);
                diagnostics.AddRange(FloatingRemotes(graph));
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <returns>Null when there are errors.</returns>
    private static async Task<(ResolvedGraph Graph, LockFile Locked)?> ReadAsync(
        WorkspaceOptions workspace, EngineConnection? connection, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var loaded = Workspace.Load(workspace, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        if (loaded is null || LockFile.Read(loaded.Graph.Graph.File, diagnostics) is not { } locked)
        {
            return null;
        }

        if (connection is null)
        {
            return (loaded.Graph, locked);
        }

        var found = await loaded.WithExternalsAsync(
            graph => Planned.FindExternalsAsync(graph, connection, locked, new PlanOptions(), _ => false, reporter, cancellationToken), diagnostics).ConfigureAwait(false);
        return found is var (graph, _) ? (graph, locked) : null;
    }

    /// <summary>What ADD fetches without saying what it must be: a lock does not pin it, the Dockerfile can.</summary>
    private static IEnumerable<Diagnostic> FloatingRemotes(ResolvedGraph graph) =>
        graph.Images.SelectMany(image => FloatingReference.Of(image, new HashSet<ImageReference>())).Where(reference => !reference.IsContentKnown)
            .Select(reference => Rules.RemoteNotLocked.At(reference.Span, reference.Reference));

    /// <summary>A reference is meant as it is written in a Dockerfile, or as it is known after <c>sources</c>.</summary>
    private static Func<ImageReference, bool>? Selection(IReadOnlyList<string>? names, IReadOnlyList<ExternalUse> uses, DiagnosticBag diagnostics)
    {
        if (names is null or [])
        {
            return _ => names is not null;
        }

        var wanted = new HashSet<ImageReference>();
        foreach (var name in names)
        {
            var found = uses.Where(use => use.Reference == name || (ImageReference.TryParse(name, out var reference) && (use.Source == reference || (ImageReference.TryParse(use.Reference, out var written) && written == reference)))).ToList();
            wanted.UnionWith(found.Select(use => use.Source));
            if (found.Count == 0)
            {
                diagnostics.Add(Rules.NoSuchReference.Anywhere(name, DidYouMean.Phrase(name, uses.Select(use => use.Source.Familiar))));
            }
        }

        return diagnostics.HasErrors ? null : wanted.Contains;
    }

    private static void Write(LockFile locked, IReadOnlyList<Pin> pins, IReadOnlyList<LockChange> changes, IRunReporter reporter, DiagnosticBag diagnostics)
    {
        foreach (var change in changes)
        {
            reporter.Say($"{change}");
        }

        if (changes.Count == 0)
        {
            reporter.Say($"nothing to change; {pins.Count} pins");
        }

        try
        {
            locked.Write(pins);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.LockNotWritten.At(new SourceSpan(locked.Path), exception.Message));
        }
    }
}
