using System.Diagnostics;
using System.Runtime.Versioning;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What git has of a revision besides plain files, and runs that are not alone or do not end; no engine is needed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RevisionTests
{
    private Repository _repository = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(null);
        _repository.Variables["DOCKER_HOST"] = "unix:///nonexistent/docker.sock";
        Directory.Delete(Path.Join(_repository.Root, ".git"));
        _repository.Write("images.yml", "name: shop\nimages:\n  api: { context: services, dockerfile: api/Dockerfile }\n  web: web\n  docs: { context: ., dockerfile: docs/Dockerfile }\n")
            .Write("services/api/Dockerfile", "FROM scratch\nCOPY shared /shared\n").Write("services/shared/s", "1")
            .Write("web/Dockerfile", "FROM scratch\nCOPY --from=api /src /src\n")
            .Write("docs/Dockerfile", "FROM scratch\nCOPY docs /\n").Write("docs/page", "1");
        await _repository.CommitAsync();
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    /// <summary>An agent that builds nothing has no need of them.</summary>
    [Test]
    public async Task A_submodule_that_moved_and_is_not_checked_out_affects_what_may_take_it_in()
    {
        var inner = Path.Join(_repository.State, "inner");
        await _repository.GitAsync("init", "--quiet", inner);
        await _repository.GitAsync("-C", inner, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "--message", "one");
        await _repository.GitAsync("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "file://" + inner, "services/shared/lib");
        await _repository.CommitAsync();
        await _repository.GitAsync("-C", "services/shared/lib", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "--message", "two");
        await _repository.CommitAsync();
        await _repository.GitAsync("submodule", "--quiet", "deinit", "--force", "services/shared/lib");

        var moved = await SinceAsync("HEAD~1");
        var same = await SinceAsync("HEAD");

        Assert.That(CiWaves.Of(moved), Is.EqualTo(new[] { "api", "web" }), "docs takes nothing of it");
        Assert.That(CiWaves.Reasons(moved), Is.EqualTo(new[] { "submodule `services/shared/lib` changed and is not checked out", "base image `api` changed" }));
        Assert.That(CiWaves.Of(same), Is.Empty);
    }

    /// <summary>The filter is made of what Git LFS does, with a folder for its server; https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.</summary>
    [Test]
    public async Task What_Git_LFS_keeps_is_compared_and_not_fetched()
    {
        var server = Path.Join(_repository.State, "lfs");
        _repository.Write(".git/clean", $"""
            #!/bin/sh
            mkdir -p {server}; cat >{server}/new; hash=$(sha256sum <{server}/new | cut -c1-64); mv {server}/new {server}/$hash
            printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n' $hash $(stat -c %s {server}/$hash)

            """)
            .Write(".git/smudge", $"""
            #!/bin/sh
            if [ "$GIT_LFS_SKIP_SMUDGE" = 1 ]; then exec cat; fi
            touch {server}/asked; cat {server}/$(sed -n 's/^oid sha256://p')

            """);
        foreach (var filter in new[] { "clean", "smudge" })
        {
            await _repository.GitAsync("config", $"filter.lfs.{filter}", $"sh .git/{filter}");
        }

        await _repository.GitAsync("config", "filter.lfs.required", "true");
        _repository.Write(".gitattributes", "*.bin filter=lfs\n").Write("docs/a.bin", "one").Write("docs/b.bin", "other");
        await _repository.CommitAsync();
        await ChangeAsync("README");
        var same = await SinceAsync("HEAD~1");
        await ChangeAsync("docs/a.bin");
        var changed = await SinceAsync("HEAD~1");

        Assert.That(CiWaves.Of(same), Is.Empty);
        Assert.That(CiWaves.Of(changed), Is.EqualTo(new[] { "docs" }));
        Assert.That(CiWaves.Reasons(changed), Is.EqualTo(new[] { "`docs/a.bin` changed" }));
        Assert.That(File.Exists(Path.Join(server, "asked")), Is.False, "nothing is fetched");

        File.WriteAllText(Path.Join(_repository.Root, "docs/a.bin"), await GitOutputAsync("show", "HEAD:docs/a.bin"));
        File.WriteAllText(Path.Join(_repository.Root, "docs/b.bin"), await GitOutputAsync("show", "HEAD:docs/b.bin"));
        Assert.That(CiWaves.Of(await SinceAsync("HEAD")), Is.Empty, "pointers on both sides");
    }

    [Test]
    public async Task An_interrupt_leaves_no_files_of_the_revision_behind()
    {
        var temporary = Directory.CreateDirectory(Path.Join(_repository.State, "temporary")).FullName;
        var begun = Path.Join(_repository.State, "begun");
        _repository.Write(".gitattributes", "docs/page filter=slow\n");
        await _repository.CommitAsync();
        await _repository.GitAsync("config", "filter.slow.smudge", $"touch {begun}; sleep 600");
        _repository.Variables["TMPDIR"] = temporary;

        var process = _repository.Start("ci", "--since", "HEAD");
        while (!File.Exists(begun) && !process.HasExited)
        {
            await Task.Delay(50);
        }

        Assert.That(Directory.GetDirectories(temporary, "orchestrator-*"), Is.Not.Empty);
        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        Assert.That((await _repository.EndAsync(process)).ExitCode, Is.EqualTo(130));
        Assert.That(Directory.GetDirectories(temporary, "orchestrator-*"), Is.Empty);
    }

    /// <summary>Two runs would publish to one folder.</summary>
    [Test]
    public async Task Without_an_engine_too_a_run_that_publishes_waits_for_another()
    {
        var (begun, gone) = (Path.Join(_repository.State, "begun"), Path.Join(_repository.State, "go"));
        _repository.Write("images.yml", "name: shop\nimages:\n  app: { context: docs, project: src/App.csproj }\n").Write("docs/Dockerfile", "FROM scratch\nCOPY --from=app / /\n")
            .Write("src/App.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
                  <Target Name="Wait" BeforeTargets="Publish"><Exec Command="echo >>'{begun}'; until [ -e '{gone}' ]; do sleep 0.1; done" /></Target>
                </Project>
                """).Write("src/Program.cs", "System.Console.WriteLine(1);\n");
        await _repository.CommitAsync();
        var first = _repository.Start("ci", "--since", "HEAD");
        while (!File.Exists(begun) && !first.HasExited)
        {
            await Task.Delay(50);
        }

        var second = _repository.Start("ci", "--since", "HEAD");
        var told = second.StandardError.ReadLineAsync();
        while (!told.IsCompleted && File.ReadLines(begun).Count() < 2)
        {
            await Task.Delay(50);
        }

        Assert.That(File.ReadLines(begun).Count(), Is.EqualTo(1), "the second does not begin while the first is at it");
        File.WriteAllText(gone, "");
        var outcomes = new[] { await _repository.EndAsync(first), await _repository.EndAsync(second) };

        Assert.That(await told, Does.Contain($"waiting for process {first.Id}"));
        Assert.That(outcomes.Select(outcome => outcome.ExitCode), Is.All.Zero, string.Concat(outcomes.Select(outcome => outcome.Text)));
    }

    private Task<Repository.Outcome> SinceAsync(string revision) => _repository.RunAsync("ci", "--since", revision);

    private async Task ChangeAsync(string file)
    {
        _repository.Write(file, "2");
        await _repository.CommitAsync();
    }

    private async Task<string> GitOutputAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _repository.Root, RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }
}
