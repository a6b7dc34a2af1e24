using System.ComponentModel;
using Orchestrator.Programs;

namespace Orchestrator.Git;

/// <summary>
/// Git, called as a process in a directory. It takes no optional locks, so that it never disturbs a git of the user's; it asks for nothing and, in a
/// partial clone, fetches nothing. Knows no meaning of what git says.
/// </summary>
/// <param name="directory">Absolute.</param>
/// <param name="executable">What is started; found on PATH.</param>
internal sealed class GitCommand(string directory, string executable = "git")
{
    private static readonly KeyValuePair<string, string>[] Own = [new("GIT_OPTIONAL_LOCKS", "0"), new("GIT_NO_LAZY_FETCH", "1"), new("GIT_TERMINAL_PROMPT", "0"), new("LC_ALL", "C")];

    /// <summary>Further variables of its environment. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <exception cref="GitMissingException">There is no git.</exception>
    public async Task<GitAnswer> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var run = await ProgramRun.RunAsync(executable, arguments, directory, Own.Concat(Variables), cancellationToken).ConfigureAwait(false);
            return new GitAnswer(run.ExitCode, run.Output, run.Error);
        }
        catch (Win32Exception exception)
        {
            throw new GitMissingException(exception);
        }
    }
}
