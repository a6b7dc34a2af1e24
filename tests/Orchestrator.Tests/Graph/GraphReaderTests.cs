using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

internal sealed class GraphReaderTests : GraphFixture
{
    [Test]
    public void A_short_form_is_a_context_with_its_dockerfile()
    {
        Write("services/api/Dockerfile");
        var image = Valid("images:\n  api: services/api\n").Images[0];
        Assert.That(image.Name, Is.EqualTo("api"));
        Assert.That(image.Span, Is.EqualTo(image.LocalNames[0].Span));
        Assert.That((image.Span.Line, image.Span.Column, image.Span.EndColumn), Is.EqualTo((2, 3, 6)));
        Assert.That(image.DisplayName, Is.EqualTo("api"));
        Assert.That(image.Build.Context.Value, Is.EqualTo(Path.Combine(Root, "services/api")));
        Assert.That((image.Build.Context.Span.Line, image.Build.Context.Span.Column), Is.EqualTo((2, 8)));
        Assert.That(image.Build.Dockerfile.Value, Is.EqualTo(Path.Combine(Root, "services/api/Dockerfile")));
    }

    [Test]
    public void Every_key_of_an_image_is_read()
    {
        Write("api/docker/Dockerfile.dev");
        Directory.CreateDirectory(Path.Combine(Root, "shared"));
        Environment["TOKEN"] = "t";
        var image = Image("""
            dockerfile: docker/Dockerfile.dev
            target: 0
            image: acme/api
            tags: [api:dev, "api:2"]
            args: [VERSION=1.10, TOKEN, NOWHERE, FLAG=]
            labels: { a: true, b: }
            additional_contexts: [shared=shared, "base=docker-image://python:3"]
            network: host
            shm_size: 64m
            extra_hosts: ["a=1.2.3.4", "b:::1", "c=[::1]", "d:1.2.3.4,[::2]", "host.docker.internal:host-gateway"]
            ulimits: { nproc: 5, nofile: { soft: 1, hard: -1 } }
            secrets: [{ id: s, env: S }, { id: f, file: token.txt }]
            ssh: [default, deploy=agent.sock]
            no_cache: true
            pull: "yes"
            x-note: ignored
            """);
        var build = image.Build;
        Assert.That(build.Dockerfile.Value, Is.EqualTo(Path.Combine(Root, "api/docker/Dockerfile.dev")));
        Assert.That(build.Target!.Value, Is.EqualTo("0"));
        Assert.That(image.LocalNames.Select(name => name.Value.Familiar), Is.EqualTo(new[] { "acme/api", "api:dev", "api:2" }));
        Assert.That(build.Arguments.Select(pair => (pair.Key, pair.Value.Value)), Is.EqualTo(new[] { ("VERSION", "1.10"), ("TOKEN", "t"), ("NOWHERE", null), ("FLAG", "") }));
        Assert.That(build.Labels.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "a=true", "b=" }));
        Assert.That(build.AdditionalContexts.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { $"shared={Root}/shared", "base=docker-image://python:3" }));
        Assert.That(build.Network!.Value, Is.EqualTo("host"));
        Assert.That(build.SharedMemorySize!.Value, Is.EqualTo(64L << 20));
        Assert.That(build.ExtraHosts.Select(host => host.Value), Is.EqualTo(new[] { "a=1.2.3.4", "b=::1", "c=::1", "d=1.2.3.4", "d=::2", "host.docker.internal=host-gateway" }));
        Assert.That(build.Ulimits.Select(limit => limit.Value), Is.EqualTo(new[] { "nproc=5:5", "nofile=1:-1" }));
        Assert.That(build.Secrets.Select(secret => secret.Value), Is.EqualTo(new[] { new BuildSecret("s", null, "S"), new BuildSecret("f", $"{Root}/token.txt", null) }));
        Assert.That(build.Ssh.Select(agent => agent.Value), Is.EqualTo(new[] { "default", $"deploy={Root}/agent.sock" }));
        Assert.That((build.NoCache, build.Pull), Is.EqualTo((true, true)));
    }

    [TestCase("64", 64)]
    [TestCase("64k", 65536)]
    [TestCase("1.5MB", 1572864)]
    [TestCase("2gib", 2147483648)]
    public void Sizes_are_read_as_docker_does(string text, long expected) =>
        Assert.That(Image($"shm_size: {text}").Build.SharedMemorySize!.Value, Is.EqualTo(expected));

    [TestCase("args: { A: 1, B: }")]
    [TestCase("args: [A=1, B]")]
    public void Args_may_be_a_mapping_or_a_list(string lines) =>
        Assert.That(Image(lines).Build.Arguments.Select(pair => (pair.Key, pair.Value.Value)), Is.EqualTo(new[] { ("A", "1"), ("B", null) }));

    [Test]
    public void Each_target_is_an_image_of_its_own()
    {
        Write("Dockerfile");
        Write("web/Dockerfile");
        var graph = Valid("""
            images:
              app:
                image: acme/app
                context: .
                args: { A: 1, B: 1 }
                targets:
                  development:
                  production: { tag: latest, args: [B=2] }
              web:
                context: web
                build_after: [app]
                additional_contexts: { app: "service:app" }
            """);
        Assert.That(graph.Images.Select(image => image.Name), Is.EqualTo(new[] { "app/development", "app/production", "web" }));
        Assert.That(graph.Images.Select(image => image.DisplayName), Is.EqualTo(new[] { "acme/app:development", "acme/app", "web" }));
        Assert.That(graph.Images[1].Build.Target!.Value, Is.EqualTo("production"));
        Assert.That(graph.Images[1].Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "A=1", "B=2" }));
        Assert.That(graph.Images[2].BuildAfter.Select(after => after.Value), Is.EqualTo(new[] { "app/development", "app/production" }));
        Assert.That(graph.Images[2].Build.AdditionalContexts[0].Value.Value, Is.EqualTo("service:app/production"));
    }

    [Test]
    public void Defaults_lie_under_every_image()
    {
        Write("a/Dockerfile");
        Write("b/Dockerfile");
        var graph = Valid("""
            defaults:
              args: { A: default, B: default }
              labels: { vendor: acme }
              dockerfile_inline: FROM scratch
              build_after: [a]
            images:
              a: a
              b: { context: b, args: { B: own }, dockerfile: Dockerfile }
            """);
        Assert.That(graph.Images[0].Build.DockerfileInline!.Value, Is.EqualTo("FROM scratch"));
        Assert.That(graph.Images[0].BuildAfter, Is.Empty);
        Assert.That(graph.Images[1].Build.DockerfileInline, Is.Null);
        Assert.That(graph.Images[1].Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "A=default", "B=own" }));
        Assert.That(graph.Images[1].Build.Labels[0].Value.Value, Is.EqualTo("acme"));
        Assert.That(graph.Images[1].BuildAfter.Select(after => after.Value), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void Equal_builds_are_one_build_with_several_names()
    {
        Write("api/Dockerfile");
        Write("web/Dockerfile");
        var graph = Valid("""
            images:
              api: { context: api, args: { A: 1, B: 2 } }
              web: { context: web, build_after: [worker], additional_contexts: { w: "target:worker" } }
              worker: { context: ./api/, args: [B=2, A=1], image: acme/worker }
            """);
        Assert.That(graph.Images.Select(image => image.Name), Is.EqualTo(new[] { "api", "web" }));
        Assert.That(graph.Images[0].Aliases, Is.EqualTo(new[] { "worker" }));
        Assert.That(graph.Images[0].LocalNames.Select(name => name.Value.Familiar), Is.EqualTo(new[] { "api", "acme/worker" }));
        Assert.That(graph.Images[1].BuildAfter[0].Value, Is.EqualTo("api"));
        Assert.That(graph.Images[1].Build.AdditionalContexts[0].Value.Value, Is.EqualTo("target:api"));
    }

    [Test]
    public void The_graph_is_named_after_its_folder_and_rooted_at_the_git_top_level()
    {
        Write("My Repo_2/Dockerfile");
        var file = Write("My Repo_2/images.yml", "registry: ghcr.io/acme/\nimages:\n  api: .\nsources: { 'python:3': 'local/python' }\n");
        var (graph, _) = ReadFile(file);
        Assert.That((graph!.Name, graph.IsNamed), Is.EqualTo(("my-repo_2", false)));
        Assert.That((graph.File, graph.Root, graph.Registry), Is.EqualTo((file, Root, "ghcr.io/acme")));
        Assert.That(graph.InputFiles, Is.EqualTo(new[] { file }));
        Assert.That(graph.Sources[ImageReference.Parse("docker.io/library/python:3")].Value.Familiar, Is.EqualTo("local/python"));
    }

    [Test]
    public void Variables_come_from_the_environment_over_the_env_files()
    {
        Write("api/Dockerfile");
        var first = Write("one.env", "A=one\nB=one\nC=one\n");
        var second = Write("two.env", "B=two\nC=two\nARG=from-file\n");
        Write(".env", "A=unused\n");
        Environment["C"] = "shell";
        var graph = Valid("env_file: [one.env, two.env]\nimages:\n  api:\n    context: ${NONE:-api}\n    args: { ABC: \"$A $B ${C}\", ARG: , $A: 1 }\n");
        Assert.That(graph.Images[0].Build.Arguments.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "ABC=one two shell", "ARG=from-file", "$A=1" }));
        Assert.That(graph.InputFiles, Is.EqualTo(new[] { GraphFile, first, second }));
    }

    [Test]
    public void Without_env_file_the_one_beside_the_graph_is_read()
    {
        Write("api/Dockerfile");
        Write(".env", "WHERE=api\n");
        Assert.That(Valid("images:\n  api: $WHERE\n").Images[0].Build.Context.Value, Is.EqualTo(Path.Combine(Root, "api")));
    }

    [Test]
    public void A_variable_that_is_not_set_warns_and_does_not_fail()
    {
        Write("api/Dockerfile");
        var (graph, diagnostics) = Read("images:\n  api:\n    context: api\n    args:\n      A: 'x${NONE}'\n");
        Assert.That(graph, Is.Not.Null);
        Assert.That(diagnostics.Select(item => $"{item.Code}({item.Span.Line},{item.Span.Column})"), Is.EqualTo(new[] { "ORC1050(5,12)" }));
    }

    [Test]
    public void Secrets_are_declared_once_and_used_by_name()
    {
        Write("api/Dockerfile");
        var graph = Valid("secrets: { npm: { environment: NPM_TOKEN }, pip: { file: pip.txt } }\nimages:\n  api: { context: api, secrets: [npm, { source: pip, target: conf }] }\n");
        Assert.That(graph.Images[0].Build.Secrets.Select(secret => secret.Value), Is.EqualTo(new[] { new BuildSecret("npm", null, "NPM_TOKEN"), new BuildSecret("conf", $"{Root}/pip.txt", null) }));
    }

    [TestCase("true")]
    [TestCase("Yes")]
    public void Paths_outside_the_repository_need_consent(string consent)
    {
        Directory.CreateDirectory(Path.Combine(Root, "repo/.git"));
        Write("shared/Dockerfile");
        var file = Write("repo/images.yml", $"allow_outside: {consent}\nimages:\n  api: ../shared\n");
        Assert.That(ReadFile(file).Graph!.Images[0].Build.Context.Value, Is.EqualTo(Path.Combine(Root, "shared")));
    }
}
