using System.CommandLine;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Locking;
using Orchestrator.Pinning;
using Orchestrator.Planning;
using Orchestrator.Registry;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator lock</c>: pins what the images are built from that is not built here, and says which are to be built anew.</summary>
internal static class LockCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var update = Several("--update", "reference", "Ask again what these references stand for, or all of them, and show what moved.", ArgumentArity.ZeroOrMore);
        var refresh = Several("--refresh", "image", "Have these images built anew once, every step of them, by everybody who has this lock file.", ArgumentArity.OneOrMore);
        var check = new Option<bool>("--check") { Description = "Write nothing; fail when a reference is not pinned, or a pin is not used." };
        var command = new Command("lock", "Pins the external references of the graph in images.lock, beside the graph file.") { update, refresh, check, common.File, common.GraphEnvironment, common.Progress, common.Missing };
        command.Validators.Add(result =>
        {
            if (result.GetValue(check) && (result.GetResult(update) is { Implicit: false } || result.GetResult(refresh) is { Implicit: false }))
            {
                result.AddError("--check writes nothing, so it excludes --update and --refresh.");
            }
        });
        command.SetAction((parse, cancellationToken) =>
        {
            var workspace = new WorkspaceOptions(parse.GetValue(common.File), parse.GetValue(common.GraphEnvironment), []);
            var reporter = Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment);
            var updated = parse.GetResult(update) is { Implicit: false } ? parse.GetValue(update) ?? [] : null;
            return parse.GetValue(check)
                ? CheckAsync(workspace, reporter, environment, cancellationToken)
                : UpdateAsync(workspace, parse.GetValue(common.Missing), updated, parse.GetValue(refresh) ?? [], reporter, environment, cancellationToken);
        });
        return command;
    }

    private static Option<string[]> Several(string name, string what, string description, ArgumentArity arity) =>
        new(name) { Description = description, HelpName = what, Arity = arity, AllowMultipleArgumentsPerToken = true };

    private static async Task<int> CheckAsync(WorkspaceOptions options, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, EngineMissing.Skip, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        if (await LockWorkspace.ReadAsync(options, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false) is { } workspace)
        {
            var (locked, uses, remotes) = (workspace.Locked, workspace.Uses, workspace.Remotes);
            var count = uses.Count + remotes.Count;
            if (!locked.Exists && count > 0)
            {
                diagnostics.Add(Rules.NoLock.At(new SourceSpan(workspace.GraphFile), count));
            }

            diagnostics.AddRange(LockedReferences.Missing(uses, locked, connection?.Platform ?? Platforms.Default).Select(use => Rules.NotLockedError.At(use.Span, use.Source.Familiar)));
            diagnostics.AddRange(LockedReferences.Missing(remotes, locked).Select(use => Rules.NotLockedError.At(use.Url.Span, use.Source)));
            diagnostics.AddRange(workspace.Graphs.SelectMany(graph => graph.Images).SelectMany(image => LockedUses.Conflicts(LockedUses.Of(image, locked))));
            if (workspace.IsWhole)
            {
                diagnostics.AddRange(LockedReferences.Stale(uses, locked).Select(pin => Rules.StalePin.At(pin.Span, pin.Value.Source.Familiar)));
                diagnostics.AddRange(LockedReferences.Stale(remotes, locked).Select(pin => Rules.StalePin.At(pin.Span, pin.Value.Source)));
            }

            if (!diagnostics.HasErrors)
            {
                reporter.Say($"{uses.DistinctBy(use => use.Source).Count() + remotes.Count} external references, all of them locked");
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <param name="updated">References to ask for again; empty means all, null none.</param>
    /// <param name="refreshed">Images that are to be built anew.</param>
    private static async Task<int> UpdateAsync(
        WorkspaceOptions options, EngineMissing missing, IReadOnlyList<string>? updated, IReadOnlyList<string> refreshed, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        if (connection is not null && await LockWorkspace.ReadAsync(options, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false) is { } workspace)
        {
            var refreshes = Refreshes(workspace, refreshed, diagnostics);
            if (LockSelection.Of(updated, workspace, diagnostics) is { } selection && !diagnostics.HasErrors)
            {
                using var network = new RemoteResolver(VariableProxy.Of(environment.Variables));
                var resolver = new PinResolver(connection.Engine, connection.Credentials, connection.Platform);
                var told = new DiagnosticBag();
                var asking = new RemoteUpdate(network.ResolveAsync, told) { KeepsUnused = !workspace.IsWhole }.RunAsync(workspace.Locked, workspace.Remotes, selection.Holds, cancellationToken);
                var (pins, changes) = await new LockUpdate(resolver.ResolveAsync, connection.Platform, diagnostics) { KeepsUnused = !workspace.IsWhole }
                    .RunAsync(workspace.Locked, workspace.Uses, selection.Holds, cancellationToken).ConfigureAwait(false);
                var (remotes, remoteChanges) = await asking.ConfigureAwait(false);
                diagnostics.AddRange(told.Items);
                var words = changes.Concat(remoteChanges).Select(change => $"{change}").Concat(refreshes.Except(workspace.Locked.Refreshes).Select(refresh => $"{refresh.Image} will be built anew")).ToList();
                Write(workspace.Locked, pins, remotes, refreshes, words, reporter, diagnostics);
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>One for each image that ever was refreshed and is still there.</summary>
    private static List<Refresh> Refreshes(LockWorkspace workspace, IReadOnlyList<string> names, DiagnosticBag diagnostics)
    {
        var nodes = workspace.Graphs.SelectMany(graph => graph.Images).Select(image => image.Node).DistinctBy(node => node.Name).ToList();
        WantedImages.AreKnown(names, nodes, diagnostics);
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var kept = workspace.IsWhole ? nodes.Select(node => node.Name) : nodes.Select(node => node.Name).Union(workspace.Locked.Refreshes.Select(refresh => refresh.Image));
        return
        [
            .. from image in kept
               let stamp = nodes.Exists(node => node.Name == image && WantedImages.AreNamed(names, node)) ? now : workspace.Locked.RefreshOf(image)
               where stamp is not null
               select new Refresh(image, stamp),
        ];
    }

    private static void Write(LockFile locked, IReadOnlyList<Pin> pins, IReadOnlyList<RemotePin> remotes, IReadOnlyList<Refresh> refreshes, IReadOnlyList<string> changes, IRunReporter reporter, DiagnosticBag diagnostics)
    {
        foreach (var change in changes)
        {
            reporter.Say(change);
        }

        if (changes.Count == 0)
        {
            reporter.Say($"nothing to change; {pins.Count + remotes.Count} pins");
        }

        try
        {
            locked.Write(pins, remotes, refreshes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.LockNotWritten.At(new SourceSpan(locked.Path), exception.Message));
        }
    }
}
