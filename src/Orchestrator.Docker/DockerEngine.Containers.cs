using System.Formats.Tar;
using System.Text.Json;
using Orchestrator.Docker.Api;
using Orchestrator.Docker.Http;

namespace Orchestrator.Docker;

public sealed partial class DockerEngine
{
    private const int Conflict = 409;

    /// <summary>Creates a container and does not start it.</summary>
    /// <param name="name">Chosen by the caller, so that a request that was sent twice makes one container, and it can be removed whatever became of the answer.</param>
    /// <param name="settings">What it runs.</param>
    /// <param name="cancellationToken">Ends the wait for the answer; the engine may create the container all the same.</param>
    /// <exception cref="DockerApiException">The engine refuses; 404: there is no such image.</exception>
    public Task CreateContainerAsync(string name, ContainerSettings settings, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequest("POST", $"/containers/create?name={Uri.EscapeDataString(name)}") { Body = ContainerBody.Of(settings) }, cancellationToken);

    /// <summary>Connects to the output of a container that was created and not yet started, so that nothing of it is lost.</summary>
    public async Task<ContainerOutput> AttachContainerAsync(string container, CancellationToken cancellationToken) =>
        new(await UpgradeAsync($"/containers/{UrlPath.Escape(container)}/attach?stream=1&stdout=1&stderr=1", "tcp", [], cancellationToken), Endpoint.Address);

    /// <exception cref="DockerApiException">Among others: what it shall run does not exist in it.</exception>
    public Task StartContainerAsync(string container, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequest("POST", $"/containers/{UrlPath.Escape(container)}/start"), cancellationToken);

    /// <summary>Waits until a container does not run, for as long as it takes.</summary>
    /// <returns>The exit code of its process.</returns>
    public async Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken) =>
        (int)Parse(await SendAsync(new HttpRequest("POST", $"/containers/{UrlPath.Escape(container)}/wait?condition=not-running"), cancellationToken), answer => answer.Number("StatusCode"));

    /// <summary>Kills a container when it runs, and removes it with its anonymous volumes.</summary>
    /// <returns>False when there was none, or it is being removed already.</returns>
    public async Task<bool> RemoveContainerAsync(string container, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(new HttpRequest("DELETE", $"/containers/{UrlPath.Escape(container)}?force=1&v=1"), cancellationToken);
        return answer.IsSuccess || (answer.Head.Status is NotFound or Conflict ? false : throw Error(answer));
    }

    /// <summary>Containers with a label of this value, whether they run or not.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> FindContainersAsync(string label, string value, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>> { ["label"] = [$"{label}={value}"] };
        var json = JsonSerializer.Serialize(filters, EngineJson.Default.DictionaryStringIReadOnlyListString);
        return await GetAsync($"/containers/json?all=1&filters={Uri.EscapeDataString(json)}", EngineJson.Default.ListContainerSummary, cancellationToken);
    }

    /// <summary>Looks at one entry of the file system of a container, which need not run.</summary>
    /// <param name="container">Its name or id.</param>
    /// <param name="path">Absolute. Links on the way are followed, one at its end is not.</param>
    /// <param name="maximumContent">A file of up to this many bytes is read; 0 reads none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when there is nothing.</returns>
    /// <exception cref="DockerApiException">Among others, 404: there is no such container.</exception>
    public async Task<ContainerFile?> FindContainerFileAsync(string container, string path, long maximumContent, CancellationToken cancellationToken)
    {
        ContainerFile? found = null;
        var request = new HttpRequest("GET", $"/containers/{UrlPath.Escape(container)}/archive?path={Uri.EscapeDataString(path)}");
        var answer = await _sender.SendAsync(request, ReadAsync, cancellationToken);
        if (!answer.IsSuccess)
        {
            if (answer.Head.Status != NotFound)
            {
                throw Error(answer);
            }

            // The same is said where the container itself is gone, of which nothing can be told any more.
            await SendAsync(new HttpRequest("GET", $"/containers/{UrlPath.Escape(container)}/json"), cancellationToken);
            return null;
        }

        return found is null ? throw new DockerApiException(answer.Head.Status, $"the archive of '{path}' is empty")
            : found.Kind == ContainerFileKind.Link && answer.Head.Find("X-Docker-Container-Path-Stat") is { } stat ? found with { LinkTarget = PathStat.LinkTarget(stat) } : found;

        // The first entry is the path's own; of a directory the rest is what is in it, and is left unread.
        async Task ReadAsync(Stream body, CancellationToken token)
        {
            try
            {
                var archive = new TarReader(body, leaveOpen: true);
                await using var closing = archive.ConfigureAwait(false);
                found = await archive.GetNextEntryAsync(copyData: false, token) is { } entry ? await FileAsync(entry, maximumContent, token) : null;
            }
            catch (InvalidDataException exception)
            {
                throw new HttpFormatException($"its archive of a file cannot be read ({exception.Message})");
            }
        }
    }

    private static async Task<ContainerFile> FileAsync(TarEntry entry, long maximumContent, CancellationToken cancellationToken)
    {
        var kind = entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => ContainerFileKind.File,
            TarEntryType.Directory => ContainerFileKind.Directory,
            TarEntryType.SymbolicLink => ContainerFileKind.Link,
            _ => ContainerFileKind.Other,
        };
        byte[]? content = null;
        if (kind == ContainerFileKind.File && maximumContent > 0 && entry.Length <= maximumContent)
        {
            content = new byte[entry.Length];
            if (entry.DataStream is { } data)
            {
                await data.ReadExactlyAsync(content, cancellationToken);
            }
        }

        return new ContainerFile { Kind = kind, Mode = (int)entry.Mode, UserId = entry.Uid, GroupId = entry.Gid, LinkTarget = entry.LinkName, Size = entry.Length, Content = content };
    }
}
