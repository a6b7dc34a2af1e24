using System.Text;
using Orchestrator.Docker;
using Orchestrator.Graph.ImageTests;

namespace Orchestrator.Testing;

/// <summary>Compares files of a container with what is expected of them; the container need not run.</summary>
internal sealed class ContainerFiles(DockerEngine engine, string container)
{
    private const long MaximumContent = 16 * 1024 * 1024;

    /// <returns>What does not hold, in words.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync(ExpectedFile expected, CancellationToken cancellationToken)
    {
        var content = expected.Content.Count > 0 ? MaximumContent : 0;
        var path = expected.Path;
        var found = await engine.FindContainerFileAsync(container, path, content, cancellationToken).ConfigureAwait(false);
        if (expected.IsAbsent)
        {
            return found is null ? [] : [$"'{path}' should not be there, but is {Word(found.Kind)}"];
        }

        if (found is { Kind: ContainerFileKind.Link, LinkTarget.Length: > 0 } link && expected.Type != ExpectedFileType.Link)
        {
            found = await engine.FindContainerFileAsync(container, link.LinkTarget, content, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return [$"'{path}' is a link to '{link.LinkTarget}', which is not there"];
            }
        }

        return found is null ? [$"'{path}' is not there"] : [.. Differences(expected, found)];
    }

    private static IEnumerable<string> Differences(ExpectedFile expected, ContainerFile found)
    {
        if (expected.Type is { } type && Kind(type) != found.Kind)
        {
            yield return $"'{expected.Path}' should be {Word(Kind(type))}, but is {Word(found.Kind)}";
        }

        if (expected.Mode is { } mode && mode != found.Mode)
        {
            yield return $"'{expected.Path}' should have mode {Octal(mode)}, but has {Octal(found.Mode)}";
        }

        if ((expected.UserId ?? found.UserId) != found.UserId || (expected.GroupId ?? found.GroupId) != found.GroupId)
        {
            var wanted = expected.GroupId is { } group ? $"{expected.UserId}:{group}" : $"{expected.UserId}";
            yield return $"'{expected.Path}' should belong to {wanted}, but belongs to {found.UserId}:{found.GroupId}";
        }

        foreach (var difference in expected.Content.Count == 0 ? [] : Content(expected, found))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Content(ExpectedFile expected, ContainerFile found)
    {
        if (found.Content is null)
        {
            return [found.Kind == ContainerFileKind.File ? $"'{expected.Path}' has {found.Size} bytes, which is too much to be searched" : $"'{expected.Path}' is {Word(found.Kind)} and has no content"];
        }

        var text = Encoding.UTF8.GetString(found.Content);
        return expected.Content.Where(wanted => !wanted.IsMetBy(text)).Select(wanted => $"'{expected.Path}' should {wanted.Words}");
    }

    private static ContainerFileKind Kind(ExpectedFileType type) => type switch
    {
        ExpectedFileType.File => ContainerFileKind.File,
        ExpectedFileType.Directory => ContainerFileKind.Directory,
        _ => ContainerFileKind.Link,
    };

    private static string Word(ContainerFileKind kind) => kind switch
    {
        ContainerFileKind.File => "a file",
        ContainerFileKind.Directory => "a directory",
        ContainerFileKind.Link => "a link",
        _ => "neither a file nor a directory",
    };

    private static string Octal(int mode) => "0" + Convert.ToString(mode, 8).PadLeft(3, '0');
}
