namespace Orchestrator.Diagnostics;

/// <content>What <c>orchestrator fix</c> cannot change.</content>
internal static partial class Rules
{
    public static readonly Rule FixNotHere = new("ORC1110", Severity.Error,
        "'{0}' cannot be changed here: {1}. What it needs is: {2}", "Write it by hand; 'orchestrator check' tells whether all is well.");

    public static readonly Rule FixDoesNotHold = new("ORC1111", Severity.Error,
        "With the proposed changes there would be this error, so nothing is written: {0}", "Change these files by hand.");

    public static readonly Rule FixFileBeside = new("ORC1112", Severity.Error,
        "The graph is '{0}', but this file lies beside it, and it is where an overlay belongs.", "Run it without '--file', or with this file.");

    public static readonly Rule FixNotWritten = new("ORC1113", Severity.Error,
        "The file could not be written: {0} Changed before it: {1}. Not changed: {2}.", "Make it writable and run the command again; what is changed already is left alone.");

    public static readonly Rule FixActivates = new("ORC1114", Severity.Warning,
        "'{0}' is a service of the profile {1}; with its entry under 'images' it is built whatever profiles are active.", "To leave that to the profile, repair it with 'orchestrator fix --context' instead.");

    public static readonly Rule SourceNotRewritable = new("ORC2050", Severity.Error,
        "'{0}' cannot be rewritten for a larger context: {1}. The Dockerfile and its images stay as they are.", "Rewrite it by hand, or leave the Dockerfile as it is: orchestrator fix --overlay.");

    public static readonly Rule DockerfileOfSeveralContexts = new("ORC2051", Severity.Error,
        "'{0}' is built with different contexts ({1}), so its sources cannot be written for one of them.", "Leave the Dockerfile as it is: orchestrator fix --overlay.");

    public static readonly Rule SourceOutsideRepository = new("ORC2052", Severity.Error,
        "'{0}' means '{1}', which is outside the repository '{2}'.", "Move it into the repository.");

    public static readonly Rule OverlayInTheWay = new("ORC2053", Severity.Error,
        "'{0}' would need '{1}' at the place '{2}' in the context, where there is something else already: {3}.", "Take another name for one of the two, or the other way: orchestrator fix --context.");
}
