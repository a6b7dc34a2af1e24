using System.Security.Cryptography;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph.ImageTests;

namespace Orchestrator.Testing;

/// <summary>
/// Runs tests, each in a container of its own: created, attached to, started, waited for, looked into, and removed whatever happened. Containers that a
/// killed run left behind are known by their label.
/// </summary>
/// <param name="engine">Where the image is.</param>
/// <param name="marks">Tells the containers of this graph from all others.</param>
/// <param name="report">Receives warnings; called from several threads.</param>
internal sealed class ContainerTest(DockerEngine engine, ContainerMarks marks, Action<Diagnostic> report)
{
    /// <summary>Nothing of a container that is only looked into is started, but the engine wants a command.</summary>
    private static readonly string[] NoCommand = ["-"];
    private static readonly string[] DefaultShell = ["/bin/sh", "-c"];

    /// <summary>What another run may still be working with stays.</summary>
    public async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        foreach (var container in (await engine.FindContainersAsync(ContainerMarks.Graph, marks.GraphValue, cancellationToken).ConfigureAwait(false)).Where(marks.IsLeftover))
        {
            await RemoveAsync(container.Id).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// An engine may lose what a process writes that ends at once: 26.1.5 does, once in a hundred times on a machine without time to spare, for its logs as well. So a command
    /// that ended as it should, of which nothing came though something is expected, is run once more.
    /// </summary>
    /// <returns>What does not hold, in words, and what was written.</returns>
    public async Task<(IReadOnlyList<string> Findings, CapturedOutput Output)> RunAsync(string imageId, ImageTest test, CancellationToken cancellationToken)
    {
        var (findings, output, isSilent) = await AttemptAsync(imageId, test, cancellationToken).ConfigureAwait(false);
        if (isSilent)
        {
            (findings, output, _) = await AttemptAsync(imageId, test, cancellationToken).ConfigureAwait(false);
        }

        return (findings, output);
    }

    private async Task<(IReadOnlyList<string> Findings, CapturedOutput Output, bool IsSilent)> AttemptAsync(string imageId, ImageTest test, CancellationToken cancellationToken)
    {
        var isSilent = false;
        var findings = new List<string>();
        var output = new CapturedOutput();
        var isLookedInto = false;
        var name = $"orchestrator-test-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            var settings = await SettingsAsync(imageId, test.Command, cancellationToken).ConfigureAwait(false);
            // Not cancelled half-way: the engine would go on, and create the container behind the back of its removal.
            await engine.CreateContainerAsync(name, settings, CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var exitCode = test.Command is null ? null : await RunAsync(name, test.Command, output, findings, cancellationToken).ConfigureAwait(false);
            if (test.Command is null || exitCode is not null)
            {
                isSilent = findings.Count > 0 && output.Both.Length == 0 && exitCode == test.Command?.ExitCode;
                isLookedInto = true;
                var files = new ContainerFiles(engine, name);
                foreach (var file in test.Files)
                {
                    findings.AddRange(await files.CheckAsync(file, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (DockerApiException exception)
        {
            findings.Add(isLookedInto ? $"its container could not be looked into: {exception.EngineMessage}" : StartTrouble.Words(exception.EngineMessage, test.Command));
        }
        finally
        {
            await RemoveAsync(name).ConfigureAwait(false);
        }

        return (findings, output, isSilent);
    }

    /// <returns>The exit code; null when the command did not end by itself.</returns>
    private async Task<int?> RunAsync(string name, TestedCommand command, CapturedOutput output, List<string> findings, CancellationToken cancellationToken)
    {
        var stream = await engine.AttachContainerAsync(name, cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        await engine.StartContainerAsync(name, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(command.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            while (await stream.ReadAsync(either.Token).ConfigureAwait(false) is { } chunk)
            {
                if (!output.Add(chunk))
                {
                    findings.Add($"it wrote more than {CapturedOutput.MaximumBytes} bytes and was ended");
                    return null;
                }
            }

            var exitCode = await engine.WaitContainerAsync(name, either.Token).ConfigureAwait(false);
            findings.AddRange(Differences(command, exitCode, output));
            return exitCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            findings.Add($"it had not ended after {command.Timeout.TotalSeconds:0.###} seconds and was killed");
            return null;
        }
    }

    private static IEnumerable<string> Differences(TestedCommand command, int exitCode, CapturedOutput output)
    {
        IEnumerable<string> exit = exitCode == command.ExitCode ? [] : [$"it exited with {exitCode}, not with {command.ExitCode}"];
        return [.. exit, .. Unmet("stdout", command.StandardOutput, output.StandardOutput), .. Unmet("stderr", command.StandardError, output.StandardError), .. Unmet("the output", command.Output, output.Both)];
    }

    private static IEnumerable<string> Unmet(string stream, IReadOnlyList<ExpectedText> expected, string text) =>
        expected.Where(wanted => !wanted.IsMetBy(text)).Select(wanted => $"{stream} should {wanted.Words}");

    private async Task<ContainerSettings> SettingsAsync(string imageId, TestedCommand? command, CancellationToken cancellationToken)
    {
        var settings = new ContainerSettings { Image = imageId, Labels = marks.Of(command?.Timeout ?? TimeSpan.Zero) };
        if (command is null)
        {
            return settings with { Entrypoint = NoCommand };
        }

        settings = settings with { User = command.User, WorkingDirectory = command.WorkingDirectory, Environment = command.Environment, Network = command.Network };
        if (command.UsesEntrypoint)
        {
            return settings with { Command = command.Arguments.Count > 0 ? command.Arguments : null };
        }

        if (command.Line is null)
        {
            return settings with { Entrypoint = [command.Arguments[0]], Command = [.. command.Arguments.Skip(1)] };
        }

        var image = await engine.InspectImageAsync(imageId, cancellationToken).ConfigureAwait(false);
        return settings with { Entrypoint = image is { Shell: { Count: > 0 } shell } ? shell : DefaultShell, Command = [command.Line] };
    }

    private async Task RemoveAsync(string container)
    {
        try
        {
            await engine.RemoveContainerAsync(container, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
        {
            report(Rules.TestContainerStays.Anywhere(container, exception.Message));
        }
    }
}
