using System.Globalization;
using System.Text;
using Orchestrator.Contexts;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Keys;
using Orchestrator.State;

namespace Orchestrator.Testing;

/// <summary>
/// Which tests were passed by which images. Only passes are remembered, each for one key and one build (the engine's ID) of an image, on one engine.
/// A file that is lost or damaged is a test that runs again.
/// </summary>
/// <param name="state">Where they are kept.</param>
/// <param name="engine">Tells engines apart: another kernel may run the same image otherwise.</param>
internal sealed class PassedTests(GraphState state, string engine)
{
    /// <summary>Of an image; more than that are forgotten, the oldest ones first.</summary>
    private const int Kept = 500;

    /// <returns>How long it took; null when it is not known to be passed.</returns>
    public TimeSpan? Find(string image, CacheKey key, string imageId, ImageTest test)
    {
        var pass = Pass(key, imageId, test);
        var words = state.Read($"{Folder(image)}/{pass}") is { } content ? Encoding.UTF8.GetString(content).Split(' ') : [];
        return words is [var written, var milliseconds, "\n"] && written == pass && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var duration)
            && duration <= TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(duration) : null;
    }

    public void Save(string image, CacheKey key, string imageId, ImageTest test, TimeSpan duration)
    {
        var pass = Pass(key, imageId, test);
        var milliseconds = ((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        state.Write($"{Folder(image)}/{pass}", Encoding.UTF8.GetBytes($"{pass} {milliseconds} \n"));
        foreach (var old in state.Files(Folder(image)).Skip(Kept))
        {
            state.Delete(old);
        }
    }

    private string Pass(CacheKey key, string imageId, ImageTest test)
    {
        using var hash = new FieldHash();
        hash.Field("engine", engine);
        hash.Field("key", key.Hex);
        hash.Field("image", imageId);
        hash.Field("test", TestKey.Of(test));
        return hash.Finish();
    }

    private static string Folder(string image) => "tests-" + GraphState.NameFor(image);
}
