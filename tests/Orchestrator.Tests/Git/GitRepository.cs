using Orchestrator.Git;

namespace Orchestrator.Tests.Git;

/// <summary>A real git repository in a temporary directory, with an identity of its own and without the machine's configuration. Needs git on PATH.</summary>
internal sealed class GitRepository : IDisposable
{
    private int _commits;

    private GitRepository(string root) => Root = root;

    public string Root { get; }

    public GitCommand Command => new(Root);

    public static async Task<GitRepository> CreateAsync()
    {
        var repository = new GitRepository(Directory.CreateTempSubdirectory("git-").FullName);
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    public static async Task<GitRepository> CloneAsync(GitRepository origin, params string[] options)
    {
        var parent = Directory.CreateTempSubdirectory("git-").FullName;
        var clone = new GitRepository(parent);
        // A file URL, because depth has no meaning for a plain path.
        await clone.GitAsync(["clone", "--quiet", .. options, "file://" + origin.Root, "."]);
        return clone;
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", "-c", "protocol.file.allow=always"];
        var answer = await Command.RunAsync([.. identity, .. arguments], CancellationToken.None);
        Assert.That(answer.IsSuccess, Is.True, $"git {string.Join(' ', arguments)}: {answer.Error}");
        return answer.Output.Trim();
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <returns>The commit's hash.</returns>
    public async Task<string> CommitAsync(string? tag = null)
    {
        Write("file", $"{++_commits}");
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", $"{_commits}");
        if (tag is not null)
        {
            await GitAsync("tag", tag);
        }

        return await GitAsync("rev-parse", "HEAD");
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
