using Orchestrator.Diagnostics;
using Orchestrator.Git;
using Orchestrator.Tagging;
using Orchestrator.Tests.Git;

namespace Orchestrator.Tests.Tagging;

/// <summary>Version, commit and branch from real git repositories.</summary>
internal sealed class ReleaseFactsTests
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private DiagnosticBag _diagnostics = new();
    private GitRepository _git = null!;

    [SetUp]
    public async Task CreateRepository()
    {
        _git = await GitRepository.CreateAsync();
        _diagnostics = new DiagnosticBag();
        _variables.Clear();
    }

    [TearDown]
    public void DeleteRepository() => _git.Dispose();

    [Test]
    public async Task On_a_tagged_commit_the_version_is_the_tags()
    {
        var commit = await _git.CommitAsync("v1.4.0");

        var facts = await ReadAsync();

        Assert.That((Version(facts), facts.Commit.Value, facts.IsDirty, facts.Branch.Value), Is.EqualTo(("1.4.0", commit, false, "main")));
        Assert.That(_diagnostics.Items, Is.Empty);
    }

    [Test]
    public async Task Behind_a_tag_it_is_the_prerelease_that_follows()
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync();
        await _git.CommitAsync();

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.4.1-alpha.0.2"));

        await _git.CommitAsync("v1.5.0-rc.1");
        await _git.CommitAsync();

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.5.0-rc.1.1"));
    }

    [Test]
    public async Task Of_several_tags_on_a_commit_the_highest_version_counts()
    {
        await _git.CommitAsync("v1.10.0");
        await _git.GitAsync("tag", "v1.9.0");
        await _git.GitAsync("tag", "--annotate", "--message", "x", "v1.10.0-rc.1");

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.10.0"));

        await _git.CommitAsync();

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.10.1-alpha.0.1"));
    }

    [Test]
    public async Task Tags_that_are_no_versions_are_passed_over()
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync("vendor-import");
        await _git.GitAsync("tag", "v1");
        await _git.GitAsync("tag", "v1.5");

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.4.1-alpha.0.1"));
    }

    [TestCase("vue/3.2.1")]
    [TestCase("version/1.2.0")]
    public async Task Tags_of_packages_in_the_same_repository_are_passed_over(string tag)
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync(tag);
        await _git.CommitAsync();

        Assert.That(Version(await ReadAsync()), Is.EqualTo("1.4.1-alpha.0.2"));
    }

    [TestCase("v3.0.0-old")]
    [TestCase("v3")]
    public async Task A_tag_that_was_renamed_gives_no_version_and_is_named(string name)
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync();
        await _git.GitAsync("tag", "--annotate", "--message", "x", name);
        await _git.GitAsync("update-ref", "refs/tags/v2.0.0", $"refs/tags/{name}");
        await _git.GitAsync("tag", "--delete", name);
        await _git.CommitAsync();

        Assert.That((await ReadAsync()).Version.Words, Does.StartWith($"the nearest v* tag calls itself {name}, "));
    }

    [Test]
    public async Task An_annotated_tag_counts_as_the_commit_it_points_to()
    {
        await _git.CommitAsync();
        await _git.GitAsync("tag", "--annotate", "--message", "x", "v2.0.0");

        Assert.That(Version(await ReadAsync()), Is.EqualTo("2.0.0"));
    }

    [Test]
    public async Task Without_any_tag_there_is_no_version_and_the_reason_says_so()
    {
        await _git.CommitAsync();

        Assert.That((await ReadAsync()).Version.Words, Is.EqualTo(
            "neither --version nor the project says it, and there is no git tag such as v1.4.0 in this clone; a new pipeline of Azure fetches tags with 'fetchTags: true'"));
    }

    [Test]
    public async Task A_tag_of_another_history_is_no_version()
    {
        await _git.CommitAsync("v1.4.0");
        await _git.GitAsync("checkout", "--quiet", "--orphan", "other");
        await _git.CommitAsync();

        Assert.That((await ReadAsync()).Version.Words, Does.EndWith("no v* tag is in the history of HEAD"));
    }

    [Test]
    public async Task A_shallow_clone_gives_no_wrong_version()
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync();
        using var clone = await GitRepository.CloneAsync(_git, "--depth=1");

        var facts = await ReadAsync(clone.Command);

        Assert.That((facts.Version.Value, facts.Commit.Value is null), Is.EqualTo(((object?)null, false)));
        Assert.That(facts.Version.Words, Does.StartWith("the clone is shallow").And.Contain("'fetchDepth: 0' and 'fetchTags: true'"));
    }

    [Test]
    public async Task A_shallow_clone_of_a_tag_has_its_version_and_no_branch()
    {
        await _git.CommitAsync("v1.4.0");
        await _git.CommitAsync();
        using var clone = await GitRepository.CloneAsync(_git, "--depth=1", "--branch=v1.4.0");

        var facts = await ReadAsync(clone.Command);

        Assert.That((Version(facts), facts.Branch.Value), Is.EqualTo(("1.4.0", (string?)null)));
        Assert.That(facts.Branch.Words, Does.StartWith("HEAD is detached"));
    }

    [Test]
    public async Task A_detached_head_takes_the_branch_from_ci_and_git_wins_over_it()
    {
        _variables["GITHUB_SHA"] = await _git.CommitAsync();
        _variables["GITHUB_REF"] = "refs/heads/release/1.x";

        Assert.That((await ReadAsync()).Branch.Value, Is.EqualTo("main"));

        await _git.GitAsync("checkout", "--quiet", "--detach");

        Assert.That((await ReadAsync()).Branch.Value, Is.EqualTo("release/1.x"));
    }

    [Test]
    public async Task What_a_workflow_of_main_checked_out_for_a_pull_request_is_not_main()
    {
        _variables["GITHUB_SHA"] = await _git.CommitAsync();
        _variables["GITHUB_REF"] = "refs/heads/main";
        await _git.GitAsync("checkout", "--quiet", "--detach");
        await _git.CommitAsync();

        Assert.That((await ReadAsync()).Branch.Value, Is.Null);
    }

    [TestCase("GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/12/merge", "pr-12")]
    [TestCase("CI_MERGE_REQUEST_IID=12", "pr-12")]
    [TestCase("GITHUB_EVENT_NAME=pull_request_target GITHUB_REF=refs/heads/main GITHUB_SHA=c0ffee", null)]
    [TestCase("GITHUB_EVENT_NAME=workflow_run GITHUB_REF=refs/heads/main GITHUB_SHA=c0ffee", null)]
    [TestCase("GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_SHA=c0ffee", "main")]
    public async Task A_branch_of_a_fork_that_is_checked_out_by_its_name_is_not_ours(string variables, string? branch)
    {
        await _git.CommitAsync();
        foreach (var pair in variables.Split(' ').Select(pair => pair.Split('=', 2)))
        {
            _variables[pair[0]] = pair[1];
        }

        Assert.That((await ReadAsync()).Branch.Value, Is.EqualTo(branch));
    }

    [TestCase("file", "changed")]
    [TestCase("new/untracked", "x")]
    public async Task A_tree_that_differs_is_dirty_and_a_release_of_it_is_warned_about(string path, string text)
    {
        await _git.CommitAsync("v1.4.0");
        _git.Write(path, text);

        Assert.That((await ReadAsync()).IsDirty, Is.True);
        Assert.That(_diagnostics.Items.Select(item => item.Code), Is.EqualTo(new[] { "ORC4060" }));
        Assert.That(_diagnostics.Items[0].Message, Does.Contain("the git tag v1.4.0").And.Contain(path.Split('/')[0]));
    }

    [Test]
    public async Task What_git_ignores_does_not_make_it_dirty()
    {
        _git.Write(".gitignore", "bin/\n");
        await _git.CommitAsync("v1.4.0");
        _git.Write("bin/x", "x");

        Assert.That((await ReadAsync()).IsDirty, Is.False);
    }

    [Test]
    public async Task A_change_inside_a_submodule_is_a_change()
    {
        using var inner = await GitRepository.CreateAsync();
        await inner.CommitAsync();
        await _git.GitAsync("submodule", "--quiet", "add", "file://" + inner.Root, "sub");
        await _git.GitAsync("config", "--file", ".gitmodules", "submodule.sub.ignore", "all");
        await _git.CommitAsync("v1.4.0");
        Assert.That((await ReadAsync()).IsDirty, Is.False);

        _git.Write("sub/file", "changed");

        Assert.That((await ReadAsync()).IsDirty, Is.True);
    }

    [Test]
    public async Task Submodules_and_worktrees_answer_for_themselves()
    {
        using var inner = await GitRepository.CreateAsync();
        var innerCommit = await inner.CommitAsync("v7.0.0");
        await _git.GitAsync("submodule", "--quiet", "add", "file://" + inner.Root, "sub");
        await _git.CommitAsync("v1.4.0");
        var tree = Path.Combine(Directory.CreateTempSubdirectory("tree-").FullName, "t");
        await _git.GitAsync("worktree", "add", "--quiet", "-b", "side", tree);

        var sub = await ReadAsync(new GitCommand(Path.Combine(_git.Root, "sub")));
        var side = await ReadAsync(new GitCommand(tree));

        Assert.That((Version(sub), sub.Commit.Value), Is.EqualTo(("7.0.0", innerCommit)));
        Assert.That((Version(side), side.Branch.Value), Is.EqualTo(("1.4.0", "side")));
        Directory.Delete(Path.GetDirectoryName(tree)!, recursive: true);
    }

    [Test]
    public async Task What_the_user_says_wins()
    {
        await _git.CommitAsync("v1.4.0");

        var facts = await ReadAsync(request: new ReleaseRequest("v2.0.0+build.7", "0123456789abcdef0123456789abcdef01234567", "mine"));

        Assert.That((Version(facts), facts.Commit.Value, facts.Branch.Value), Is.EqualTo(("2.0.0", "0123456789abcdef0123456789abcdef01234567", "mine")));
    }

    [TestCase("", "ORC4050")]
    [TestCase("one", "ORC4050")]
    [TestCase("1.4.0-", "ORC4050")]
    [TestCase("1..4", "ORC4050")]
    public async Task A_version_that_is_none_is_refused(string version, string code)
    {
        await _git.CommitAsync("v1.4.0");

        Assert.That((await ReadAsync(request: new ReleaseRequest(version))).Version.Value, Is.Null);
        Assert.That(_diagnostics.Items.Select(item => item.Code), Is.EqualTo(new[] { code }));
    }

    [TestCase("HEAD")]
    [TestCase("123456")]
    [TestCase("0123456g")]
    public async Task A_commit_that_is_none_is_refused(string commit)
    {
        await _git.CommitAsync();

        Assert.That((await ReadAsync(request: new ReleaseRequest(Commit: commit))).Commit.Value, Is.Null);
        Assert.That(_diagnostics.Items.Select(item => item.Code), Is.EqualTo(new[] { "ORC4051" }));
    }

    [TestCase("0A1B2C3")]
    [TestCase("0a1B2c3-dirty")]
    public async Task A_commit_is_written_as_git_writes_it(string commit)
    {
        await _git.CommitAsync();

        Assert.That((await ReadAsync(request: new ReleaseRequest(Commit: commit))).Commit.Value, Is.EqualTo("0a1b2c3"));
    }

    [TestCase("refs/heads/release/1.x", "release/1.x")]
    [TestCase("refs/pull/12/merge", "pr-12")]
    [TestCase("heads/refs/x", "heads/refs/x")]
    [TestCase("refs/tags/v1.4.0", null)]
    public async Task A_branch_may_be_given_as_git_s_reference_of_it(string given, string? branch)
    {
        await _git.CommitAsync();

        var fact = (await ReadAsync(request: new ReleaseRequest(Branch: given))).Branch;

        Assert.That((fact.Value, fact.Words), Is.EqualTo((branch, branch is null ? $"'{given}' was given, which is no branch" : "what was given")));
    }

    [Test]
    public async Task Before_the_first_commit_everything_but_the_branch_is_missing()
    {
        var facts = await ReadAsync();

        Assert.That((facts.Version.Words, facts.Commit.Words, facts.Branch.Value), Is.EqualTo((
            "neither --version nor the project says it, and the repository has no commit yet", "the repository has no commit yet", "main")));
    }

    [Test]
    public async Task Without_git_what_was_given_is_enough()
    {
        var facts = await ReadAsync(new GitCommand(_git.Root, "no-such-git"), new ReleaseRequest("1.4.0", "0123456"));

        Assert.That((Version(facts), facts.Commit.Value, facts.Branch.Words), Is.EqualTo(("1.4.0", "0123456", "--branch was not given, and git is not installed, or not on PATH")));
        Assert.That(_diagnostics.Items, Is.Empty);
    }

    [Test]
    public async Task Outside_of_a_repository_git_says_so()
    {
        var folder = Directory.CreateTempSubdirectory("plain-");

        Assert.That((await ReadAsync(new GitCommand(folder.FullName))).Commit.Words, Does.Contain("not a git repository"));
        folder.Delete();
    }

    [Test]
    public async Task The_index_is_never_touched()
    {
        await _git.CommitAsync("v1.4.0");
        var index = Path.Combine(_git.Root, ".git", "index");
        File.SetLastWriteTimeUtc(Path.Combine(_git.Root, "file"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)); // a plain `git status` would refresh it
        var before = (File.GetLastWriteTimeUtc(index), Convert.ToHexString(await File.ReadAllBytesAsync(index)));

        await ReadAsync();

        Assert.That((File.GetLastWriteTimeUtc(index), Convert.ToHexString(await File.ReadAllBytesAsync(index))), Is.EqualTo(before));
    }

    private static string? Version(ReleaseFacts facts) => facts.Version.Value?.ToNormalizedString();

    private Task<ReleaseFacts> ReadAsync(GitCommand? git = null, ReleaseRequest? request = null) =>
        new ReleaseFactsReader(git ?? _git.Command, _variables, _diagnostics).ReadAsync(request ?? new ReleaseRequest(), CancellationToken.None);
}
