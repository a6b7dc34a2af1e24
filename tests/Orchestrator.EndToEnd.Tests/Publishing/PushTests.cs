using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Pushing from a real engine to a real registry.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class PushTests(string engine)
{
    [Test]
    public async Task A_release_is_pushed_with_all_its_tags_and_a_second_push_sends_nothing()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices("\"{version}\", \"{major}.{minor}\", latest");
        await repository.RunAsync("build");

        var first = await repository.RunAsync("push", "--version", "1.4.0", "--manifest", "out/release.json");
        var sent = fixture.Network.Sent;
        var second = await repository.RunAsync("push", "--version", "1.4.0", "--manifest", "out/again.json");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Text, Does.Contain("3 images published: 3 pushed, 0 present; 9 tags: 9 written, 0 unchanged"), first.ToString());
        foreach (var image in new[] { "base", "left", "right" })
        {
            Assert.That(await fixture.ReleaseTagsAsync(image), Is.EqualTo("1.4 1.4.0 latest"));
            Assert.That(await fixture.DigestAsync(image, "1.4.0"), Is.EqualTo(await fixture.DigestAsync(image, "latest")).And.Not.Null);
        }

        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(second.Text, Does.Contain("3 images published: 0 pushed, 3 present; 9 tags: 0 written, 9 unchanged"), second.ToString());
        Assert.That(fixture.Network.Sent, Is.EqualTo(sent), "the engine spoke to the registry");
        Assert.That(File.ReadAllText(Path.Join(repository.Root, "out/again.json")), Is.EqualTo(File.ReadAllText(Path.Join(repository.Root, "out/release.json"))));
        Assert.That(await repository.ImageNamesAsync(), Has.None.Contains("acme/" + repository.Prefix), "the name that the engine pushed under is still there");
    }

    [Test]
    public async Task Where_tests_are_required_nothing_is_pushed_that_has_not_passed_them()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        var graph = await File.ReadAllTextAsync(Path.Join(repository.Root, "images.yml"));
        repository.Write("images.yml", graph.Replace("-left: left", "-left: { context: left, test: [ test -e /left, test -e /right ] }", StringComparison.Ordinal));

        var early = await repository.RunAsync("push", "--version", "1.0.0", "--require-tests");
        var failed = await repository.RunAsync("push", "--version", "1.0.0", "--require-tests", "--build");
        var nothing = await fixture.ReleaseTagsAsync("right");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo left > /left && touch /right\n");
        var passed = await repository.RunAsync("push", "--version", "1.0.0", "--require-tests", "--build");
        var again = await repository.RunAsync("push", "--version", "1.0.0", "--require-tests");

        Assert.That((early.ExitCode, failed.ExitCode, passed.ExitCode, again.ExitCode), Is.EqualTo((1, 1, 0, 0)), passed.ToString());
        Assert.That(early.Text, Does.Contain("error ORC3021: 'left' cannot be tested").And.Not.Contain("pushing"), early.ToString());
        Assert.That(failed.Text, Does.Contain("error ORC3020: The test 'test -e /right' of 'left' failed: it exited with 1, not with 0.").And.Not.Contain("pushing"), failed.ToString());
        Assert.That(nothing, Is.Empty);
        Assert.That(passed.Text, Does.Contain("passed     left: test -e /right in ").And.Contain("3 images published: 3 pushed"), passed.ToString());
        Assert.That(again.Text, Does.Contain("passed     left: test -e /right, before"), again.ToString());
    }

    [Test]
    public async Task What_the_registry_has_already_gets_no_tag_that_requires_tests_before_it_passed_them_itself()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        var graph = await File.ReadAllTextAsync(Path.Join(repository.Root, "images.yml"));
        repository.Write("left/Dockerfile", "FROM @-base\nRUN head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \\n' > /chance\n");
        await repository.RunAsync("push", "--version", "1.0.0", "--build");
        var published = await fixture.DigestAsync("left", "1.0.0");
        await repository.RunAsync("build", "--no-cache", repository.Prefix + "-left");
        var chance = await repository.CatAsync("left", "/chance");
        repository.Write("images.yml", graph.Replace("-left: left", $"-left: {{ context: left, test: [ grep {chance} /chance ] }}", StringComparison.Ordinal));

        var refused = await repository.RunAsync("push", "--version", "1.1.0", "--require-tests");
        var nothing = await fixture.ReleaseTagsAsync("left");
        fixture.LoseKeyTag("left");
        var pushed = await repository.RunAsync("push", "--version", "1.1.0", "--require-tests");
        var again = await repository.RunAsync("push", "--version", "1.2.0", "--require-tests");

        Assert.That((refused.ExitCode, nothing), Is.EqualTo((1, "1.0.0 latest")), refused.ToString());
        Assert.That(refused.Text, Does.Contain($"passed     left: grep {chance} /chance in ").And.Contain($"error ORC3029: The registry has another build of 'left' already, {published} at '").And.Contain($"', and that one does not pass 'grep {chance} /chance'."), refused.ToString());
        Assert.That((pushed.ExitCode, again.ExitCode), Is.EqualTo((0, 0)), $"{pushed}{again}");
        Assert.That(await fixture.DigestAsync("left", "1.2.0"), Is.EqualTo(await fixture.DigestAsync("left", "1.1.0")).And.Not.EqualTo(published));
        Assert.That(again.Text, Does.Contain($"passed     left: grep {chance} /chance, before").And.Not.Contain("chance in "), again.ToString());
        Assert.That(await repository.ImageNamesAsync(), Has.None.Contains("acme/" + repository.Prefix), "what was fetched has a name");
    }

    [Test]
    public async Task Passwords_are_needed_used_and_never_shown()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine, isProtected: true);
        var repository = fixture.WriteServices();
        await repository.RunAsync("build");

        var without = await repository.RunAsync("push", "--version", "1.0.0");
        fixture.LogIn("not this one");
        var wrong = await repository.RunAsync("push", "--version", "1.0.0");
        fixture.LogIn(TestRegistry.Password);
        var right = await repository.RunAsync("push", "--version", "1.0.0", "--manifest", "release.json");

        Assert.That(without.ExitCode, Is.EqualTo(1));
        Assert.That(Count(without.Text, "ORC4002"), Is.EqualTo(1), without.ToString());
        Assert.That(Count(wrong.Text, "ORC4002"), Is.EqualTo(1), wrong.ToString());
        Assert.That(wrong.Text, Does.Not.Contain("not this one"));
        Assert.That(right.ExitCode, Is.Zero, right.ToString());
        Assert.That(right.Text + File.ReadAllText(Path.Join(repository.Root, "release.json")), Does.Not.Contain(TestRegistry.Password).And.Not.Contain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(TestRegistry.Password))[..12]));
    }

    [Test]
    public async Task A_dry_run_shows_what_would_happen_and_changes_nothing()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("build");

        var shown = await repository.RunAsync("push", "--dry-run", "--version", "1.0.0");

        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Text, Does.Contain("push       left as " + fixture.Registry.Host + "/acme/left:key-"));
        Assert.That(shown.Text, Does.Contain("  create   " + fixture.Registry.Host + "/acme/left:1.0.0"));
        Assert.That(await fixture.TagsAsync("left"), Is.Empty);
        Assert.That(fixture.Network.Sent, Is.Zero);
    }

    [Test]
    public async Task What_is_not_built_is_not_pushed_unless_asked()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();

        var refused = await repository.RunAsync("push", "--version", "1.0.0");
        var shown = await repository.RunAsync("push", "--build", "--dry-run", "--version", "1.0.0");
        var nothing = await fixture.TagsAsync("right");
        var built = await repository.RunAsync("push", "--build", "--version", "1.0.0");

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Text, Does.Contain("ORC4001"));
        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Text, Does.Contain($"build      left as {fixture.Registry.Host}/acme/left:key-").And.Contain($"  create   {fixture.Registry.Host}/acme/left:1.0.0"), shown.ToString());
        Assert.That(nothing, Is.Empty);
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "base", "left", "right" }));
        Assert.That(await fixture.ReleaseTagsAsync("right"), Is.EqualTo("1.0.0 latest"));
    }

    [Test]
    public async Task An_image_whose_layers_are_all_there_already_counts_as_pushed_in_the_run_that_pushes_it()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.Repository.Write("images.yml", $"name: @\nregistry: {fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\ncache: {{ registry: {fixture.Registry.Host}/keys }}\nimages:\n  @-one: one\n  @-two: two\n")
            .Write("one/Dockerfile", "FROM local/busybox\nENV ONE=1\n").Write("two/Dockerfile", "FROM @-one\nENV TWO=2\n");

        var first = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var second = await repository.RunAsync("push", "--build", "--version", "1.0.0");

        Assert.That(first.Text, Does.Contain("2 images published: 2 pushed, 0 present; 2 tags: 2 written"), first.ToString());
        Assert.That(second.Text, Does.Contain("2 images published: 0 pushed, 2 present; 2 tags: 0 written"), second.ToString());
    }

    [Test]
    public async Task A_push_that_was_cut_goes_on_with_what_is_missing()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("build");
        // The line is cut once, in the middle of a layer; the retry completes the push.
        var cuts = 0;
        fixture.Network.Passes = total => total < 300_000 || Interlocked.Increment(ref cuts) != 1;

        var outcome = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(cuts, Is.GreaterThan(0), "nothing was cut");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await fixture.ReleaseTagsAsync("left"), Is.EqualTo("1.0.0 latest"));
    }

    [Test]
    public async Task A_registry_that_is_gone_is_one_error_and_the_next_run_completes()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("build");
        fixture.Network.Passes = total =>
        {
            if (total < 300_000)
            {
                return true;
            }

            fixture.Registry.KillAsync().Wait();
            return false;
        };

        var gone = await repository.RunAsync("push", "--version", "1.0.0");
        fixture.Network.Passes = _ => true;
        await fixture.Registry.StartAgainAsync();
        var left = await fixture.ReleaseTagsAsync("left");
        var after = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(gone.ExitCode, Is.EqualTo(1), gone.ToString());
        Assert.That(Count(gone.Text, " error ORC"), Is.EqualTo(1), gone.ToString());
        Assert.That(gone.Text, Does.Contain("ORC4003").Or.Contain("ORC4008"));
        Assert.That(left, Is.Empty, "a release tag was written before all images were there");
        Assert.That(after.ExitCode, Is.Zero, after.ToString());
        Assert.That(await fixture.ReleaseTagsAsync("left"), Is.EqualTo("1.0.0 latest"));
    }

    [Test]
    public async Task A_moving_tag_that_its_registry_cannot_read_is_written_anew()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        // So it looks where the registry died while it wrote the tag.
        await File.WriteAllTextAsync(Path.Join(fixture.Registry.Storage, "docker/registry/v2/repositories", fixture.Name("left"), "_manifests/tags/latest/current/link"), "");

        var pushed = await repository.RunAsync("push", "--version", "1.1.0");

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(await fixture.DigestAsync("left", "latest"), Is.EqualTo(await fixture.DigestAsync("left", "1.1.0")).And.Not.Null);
    }

    [Test]
    public async Task A_version_is_published_once()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var before = await fixture.DigestAsync("left", "1.0.0");

        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        var again = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var next = await repository.RunAsync("push", "--version", "1.1.0");

        Assert.That(again.ExitCode, Is.EqualTo(1), again.ToString());
        Assert.That(Count(again.Text, "ORC4006"), Is.EqualTo(1), again.ToString());
        Assert.That(await fixture.DigestAsync("left", "1.0.0"), Is.EqualTo(before));
        Assert.That(next.ExitCode, Is.Zero, next.ToString());
        Assert.That(await fixture.DigestAsync("left", "latest"), Is.EqualTo(await fixture.DigestAsync("left", "1.1.0")).And.Not.EqualTo(before));
    }

    [Test]
    public async Task What_is_written_as_a_version_is_published_once_and_a_branch_called_like_one_takes_none()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices("\"${TAG}\", \"{major}.{minor}\", \"{branch}\"");
        repository.Variables["TAG"] = "1.4.0";
        await repository.RunAsync("push", "--build", "--version", "1.4.0", "--branch", "main");
        var before = await fixture.DigestAsync("left", "1.4.0");
        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        await repository.RunAsync("build");

        var again = await repository.RunAsync("push", "--version", "1.4.0", "--branch", "main");
        var series = await repository.RunAsync("push", "--version", "1.4.1-alpha.0.2", "--branch", "1.4");
        var version = await repository.RunAsync("push", "--version", "1.4.1-alpha.0.2", "--branch", "1.4.0");

        Assert.That((again.ExitCode, series.ExitCode, version.ExitCode), Is.EqualTo((1, 0, 0)), $"{again}{series}{version}");
        Assert.That(Count(again.Text, "ORC4006"), Is.EqualTo(1), again.ToString());
        Assert.That(await fixture.ReleaseTagsAsync("left"), Is.EqualTo("1.4 1.4.0 branch-1.4 branch-1.4.0 main"));
        Assert.That(await fixture.DigestAsync("left", "1.4.0"), Is.EqualTo(before));
        Assert.That(await fixture.DigestAsync("left", "1.4"), Is.EqualTo(before));
        Assert.That(await fixture.DigestAsync("left", "branch-1.4"), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Nothing_to_publish_is_said_with_the_reason_and_no_release_that_was_asked_for()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices("latest, \"{major}.{minor}\"");

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.4.1-alpha.0.2");
        var asked = await repository.RunAsync("push", "--version", "1.4.1-alpha.0.2", "--manifest", "release.json");

        Assert.That((pushed.ExitCode, asked.ExitCode), Is.EqualTo((0, 1)), $"{pushed}{asked}");
        Assert.That(pushed.Text, Does.Contain("warning ORC4061").And.Contain("1.4.1-alpha.0.2 (what was given) is a prerelease").And.Contain("0 images published: 0 pushed, 0 present; 0 tags: 0 written"), pushed.ToString());
        Assert.That(asked.Text, Does.Contain("error ORC4026: There is no release to write to 'release.json'"), asked.ToString());
    }

    [Test]
    public async Task A_backport_never_moves_a_tag_back()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices("\"{version}\", \"{major}.{minor}\", \"{major}\", latest");
        await repository.RunAsync("push", "--build", "--version", "1.4.0");
        var newer = await fixture.DigestAsync("left", "latest");

        repository.Write("left/Dockerfile", "FROM @-base\nRUN echo other > /left\n");
        var backport = await repository.RunAsync("push", "--build", "--version", "1.3.9");

        Assert.That(backport.ExitCode, Is.Zero, backport.ToString());
        Assert.That(await fixture.ReleaseTagsAsync("left"), Is.EqualTo("1 1.3 1.3.9 1.4 1.4.0 latest"));
        Assert.That(await fixture.DigestAsync("left", "latest"), Is.EqualTo(newer));
        Assert.That(await fixture.DigestAsync("left", "1"), Is.EqualTo(newer));
        Assert.That(await fixture.DigestAsync("left", "1.3"), Is.EqualTo(await fixture.DigestAsync("left", "1.3.9")).And.Not.EqualTo(newer));
        Assert.That(backport.Text, Does.Contain("stays"), backport.ToString());
    }

    [Test]
    public async Task Tags_that_somebody_else_moved_are_not_trusted()
    {
        await using var fixture = await PublishFixture.OpenAsync(engine);
        var repository = fixture.WriteServices();
        await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var key = (await fixture.TagsAsync("left")).Single(tag => tag.StartsWith("key-", StringComparison.Ordinal));

        await fixture.MoveAsync("right", "1.0.0", "left", "1.0.0");
        var version = await repository.RunAsync("push", "--version", "1.0.0");
        await fixture.MoveAsync("left", key, "right", "latest");
        var proof = await repository.RunAsync("push", "--version", "1.0.0");

        Assert.That(version.ExitCode, Is.EqualTo(1));
        Assert.That(version.Text, Does.Contain("ORC4006").And.Contain("right:1.0.0"), version.ToString());
        Assert.That(proof.ExitCode, Is.EqualTo(1));
        Assert.That(proof.Text, Does.Contain("ORC4007"), proof.ToString());
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
