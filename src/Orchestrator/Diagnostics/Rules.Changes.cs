namespace Orchestrator.Diagnostics;

/// <summary>ORC409x: what changed since a revision.</summary>
internal static partial class Rules
{
    public static readonly Rule UnknownRevision = new(
        "ORC4090", Severity.Error, "'{0}' is not a revision of this repository: {1}.{2}",
        "Correct --since, or fetch the revision.");

    public static readonly Rule RevisionNotRead = new(
        "ORC4091", Severity.Error, "The files of commit {0} cannot be compared with those that are here: {1}.",
        "Make room in the temporary folder or fetch the commit's files, whichever the message names.");

    public static readonly Rule RevisionGraphUnreadable = new(
        "ORC4092", Severity.Warning, "The graph cannot be read as it was at '{0}', so every image counts as changed: {1}",
        "Nothing has to be done when the graph is new, or was broken then.");
}
