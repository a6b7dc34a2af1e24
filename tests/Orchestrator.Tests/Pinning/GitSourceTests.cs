using Orchestrator.Dockerfiles;
using Orchestrator.Pinning;
using Orchestrator.Testing;
using Orchestrator.Tests.Git;

namespace Orchestrator.Tests.Pinning;

/// <summary>Refs of a real repository that is served over HTTP as plain files. Needs git on PATH.</summary>
internal sealed class GitSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private GitRepository _repository = null!;
    private TestWeb _web = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = await GitRepository.CreateAsync();
        _web = await TestWeb.StartAsync(_repository.Root);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _web.DisposeAsync();
        _repository.Dispose();
    }

    [Test]
    public async Task A_branch_a_tag_and_the_default_branch_are_commits()
    {
        var first = await _repository.CommitAsync("v1");
        await _repository.GitAsync("tag", "--annotate", "--message", "a tag of its own", "v2");
        await _repository.GitAsync("branch", "feature/main");
        var second = await _repository.CommitAsync();
        await _repository.GitAsync("tag", "feature/main");

        Assert.That(await ResolveAsync(""), Is.EqualTo(second));
        Assert.That(await ResolveAsync("#main"), Is.EqualTo(second));
        Assert.That(await ResolveAsync("#v1"), Is.EqualTo(first));
        Assert.That(await ResolveAsync("#v2:folder"), Is.EqualTo(first), "what the tag points to");
        Assert.That(await ResolveAsync("#refs/tags/v2"), Is.EqualTo(first));
        Assert.That(await ResolveAsync("#feature/main"), Is.EqualTo(first), "a branch wins over a tag");
        Assert.That(await ResolveAsync("#tags/feature/main"), Is.EqualTo(second));
    }

    [Test]
    public async Task What_is_not_there_is_said_in_the_words_of_git()
    {
        var commit = await _repository.CommitAsync();
        await _repository.GitAsync("update-server-info");

        var branch = await AskAsync(_web.Url + "/.git#mian");
        var shortened = await AskAsync(_web.Url + "/.git#" + commit[..7]);
        var repository = await AskAsync(_web.Url + "/none.git#main");

        Assert.That(branch, Is.EqualTo(new RemoteAnswer(null, "the repository has no branch and no tag 'mian'")));
        Assert.That(shortened.Digest, Is.Null);
        Assert.That(repository.Refusal, Does.StartWith("git says '").And.Contain("not found"));
    }

    [Test]
    public async Task A_password_reaches_the_server_and_nothing_else()
    {
        var commit = await _repository.CommitAsync();
        await _repository.GitAsync("update-server-info");
        _web.Authorization = "Basic " + Convert.ToBase64String("me:canary"u8);

        var known = await AskAsync(_web.Url.Replace("//", "//me:canary@", StringComparison.Ordinal) + "/.git#main");
        var wrong = await AskAsync(_web.Url.Replace("//", "//me:canary2@", StringComparison.Ordinal) + "/.git#main");
        var unknown = await AskAsync(_web.Url + "/.git#main");

        Assert.That(known.Digest, Is.EqualTo(commit));
        Assert.That(wrong.Refusal, Does.StartWith("git says '").And.Not.Contain("canary"));
        Assert.That(unknown.Refusal, Does.Contain("terminal prompts disabled"), "nobody is asked");
    }

    [Test]
    public async Task A_server_that_says_nothing_is_left()
    {
        var release = new TaskCompletionSource();
        _web.Pages["/.git/info/refs"] = _ => release.Task;

        var answer = await AskAsync(_web.Url + "/.git#main", TimeSpan.FromSeconds(1));
        release.SetResult();

        Assert.That(answer.Refusal, Is.EqualTo("git had no answer after 1 seconds"));
    }

    [Test]
    public async Task Without_a_git_that_is_said()
    {
        var source = new GitSource(Path.GetTempPath(), Patience, "no-such-git");

        Assert.That((await source.ResolveAsync(RemoteAddress.Parse("https://host/r.git", RemoteKind.Git), CancellationToken.None)).Refusal, Is.EqualTo("git is not installed, or not on PATH"));
    }

    private async Task<string?> ResolveAsync(string fragment)
    {
        await _repository.GitAsync("update-server-info");
        return (await AskAsync(_web.Url + "/.git" + fragment)).Digest;
    }

    private static Task<RemoteAnswer> AskAsync(string url, TimeSpan? patience = null) =>
        new GitSource(Path.GetTempPath(), patience ?? Patience).ResolveAsync(RemoteAddress.Parse(url, RemoteKind.Git), CancellationToken.None);
}
