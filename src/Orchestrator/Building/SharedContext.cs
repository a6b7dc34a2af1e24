using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;

namespace Orchestrator.Building;

/// <summary>A directory that another session than the image's own serves.</summary>
/// <param name="Name">In that session.</param>
/// <param name="Tree">What is served.</param>
/// <param name="Session">The session.</param>
internal sealed record SharedContext(string Name, ISyncTree Tree, BuildSession Session)
{
    /// <summary>Why it could not be sent; null when nothing is known.</summary>
    public Exception? Failure => Session.FailureOf(Name);

    /// <summary>Tells the frontend where a context is.</summary>
    /// <param name="context">The name of the image's context.</param>
    /// <param name="attributes">Of the frontend.</param>
    public void AddTo(string context, IDictionary<string, string> attributes)
    {
        attributes["context:" + ServedDockerfile.ContextName(context)] = "local:" + Name;
        attributes["local-sessionid:" + Name] = Session.Id;
    }
}
