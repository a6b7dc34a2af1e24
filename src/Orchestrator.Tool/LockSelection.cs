using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>What is to be asked for again although it is pinned.</summary>
internal sealed class LockSelection
{
    private readonly bool _isAll;
    private readonly HashSet<ImageReference> _images = [];
    private readonly HashSet<RemoteSource> _remotes = [];

    private LockSelection(bool isAll) => _isAll = isAll;

    /// <summary>
    /// An image is meant as it is written in a Dockerfile, or as it is known after <c>sources</c>; what comes from the network as it is written or as the lock has it.
    /// </summary>
    /// <param name="names">Null: nothing; empty: everything.</param>
    /// <returns>Null when there is no such reference; that was reported.</returns>
    public static LockSelection? Of(IReadOnlyList<string>? names, LockWorkspace workspace, DiagnosticBag diagnostics)
    {
        var selection = new LockSelection(names is []);
        foreach (var name in names ?? [])
        {
            var images = workspace.Uses.Where(use => Means(name, use)).Select(use => use.Source).ToList();
            var remotes = workspace.Remotes.Where(use => name == use.Url.Value || name == $"{use.Source}" || name == use.Source.Address).Select(use => use.Source).ToList();
            selection._images.UnionWith(images);
            selection._remotes.UnionWith(remotes);
            if (images.Count + remotes.Count == 0)
            {
                var known = workspace.Uses.Select(use => use.Source.Familiar).Concat(workspace.Remotes.Select(use => $"{use.Source}"));
                diagnostics.Add(Rules.NoSuchReference.Anywhere(Shown(name), DidYouMean.Phrase(name, known)));
            }
        }

        return diagnostics.HasErrors ? null : selection;
    }

    public bool Holds(ImageReference source) => _isAll || _images.Contains(source);

    public bool Holds(RemoteSource source) => _isAll || _remotes.Contains(source);

    private static bool Means(string name, ExternalUse use) =>
        use.Reference == name || (ImageReference.TryParse(name, out var reference) && (use.Source == reference || (ImageReference.TryParse(use.Reference, out var written) && written == reference)));

    private static string Shown(string name) => RemoteUse.Classify(name) is { } kind ? $"{RemoteAddress.Parse(name, kind).Source}" : name;
}
