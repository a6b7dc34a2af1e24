using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Graph;

/// <summary>What images are built for, as files say it. The engine of these tests is linux/amd64.</summary>
internal sealed class PlatformTests : GraphFixture
{
    [TestCase("platforms: [linux/arm64/v8, x86_64]", "linux/arm64 linux/amd64")]
    [TestCase("platforms: arm", "linux/arm/v7")]
    [TestCase("platforms: [linux/arm/6, linux/amd64/v2, windows/amd64]", "linux/arm/v6 linux/amd64/v2 windows/amd64")]
    [TestCase("platforms: []", "")]
    [TestCase("no_cache: true", "linux/s390x")]
    public void Names_have_one_form_and_win_over_those_of_the_defaults(string line, string platforms)
    {
        Write("api/Dockerfile");
        var image = Valid($"defaults: {{ platforms: [linux/s390x] }}\nimages:\n  api:\n    context: api\n    {line}\n").Images[0];

        Assert.That(string.Join(' ', image.Build.Platforms.Select(platform => platform.Value)), Is.EqualTo(platforms));
    }

    [TestCase("build: { context: ., platforms: [arm64, amd64] }, platform: linux/arm64/v8", "linux/arm64 linux/amd64")]
    [TestCase("build: ., platform: linux/arm64", "linux/arm64")]
    [TestCase("build: { context: ., platforms: [] }, platform: linux/arm64", "linux/arm64")]
    public void A_service_is_built_for_what_its_build_names_else_for_what_it_runs_on(string service, string platforms)
    {
        Write("Dockerfile");
        Write("compose.yaml", $"services:\n  api: {{ {service} }}\n");
        var image = Valid("include: [compose.yaml]\n").Images[0];

        Assert.That(string.Join(' ', image.Build.Platforms.Select(platform => platform.Value)), Is.EqualTo(platforms));
    }

    /// <summary>As containerd reads them.</summary>
    [TestCase("amd64", "linux/amd64", "linux/amd64")]
    [TestCase("arm64", "linux/amd64", "linux/arm64")]
    [TestCase("linux", "linux/arm/v6", "linux/arm/v6")]
    [TestCase("Windows", "linux/amd64", "windows/amd64")]
    [TestCase("LINUX/ARM64/V8", "linux/amd64", "linux/arm64")]
    [TestCase("x86_64", "linux/arm64", "linux/amd64")]
    [TestCase("linux/aarch64", "linux/amd64", "linux/arm64")]
    [TestCase("armhf", "linux/amd64", "linux/arm/v7")]
    [TestCase("linux/arm/6", "linux/amd64", "linux/arm/v6")]
    [TestCase("macos/arm64", "linux/amd64", "darwin/arm64")]
    [TestCase("linux/arm64/v8.1", "linux/amd64", "linux/arm64/v8.1")]
    [TestCase("ppc64", "linux/amd64", "linux/ppc64")]
    [TestCase("amd46", "linux/amd64", null)]
    [TestCase("linux/", "linux/amd64", null)]
    [TestCase("/amd64", "linux/amd64", null)]
    [TestCase("linux/arm/v7/x", "linux/amd64", null)]
    [TestCase("linux/*", "linux/amd64", null)]
    public void A_Dockerfile_may_name_a_platform_in_part(string written, string builder, string? platform) =>
        Assert.That(PlatformName.Parse(written, builder), Is.EqualTo(platform));

    [TestCase("app: { context: app, platforms: [arm64] }", "FROM base\n", "images.yml(2,36) 'app' takes its base 'base' for linux/arm64 (Dockerfile:1), but 'base' is built for linux/amd64 only (images.yml:3).")]
    [TestCase("app: app", "FROM --platform=linux/arm64 base\n", "Dockerfile(1,29) 'app' takes its base 'base' for linux/arm64 (Dockerfile:1), but 'base' is built for linux/amd64 only (images.yml:3).")]
    [TestCase("app: app", "FROM --platform=amd64 base\n", "")]
    [TestCase("app: app", "FROM --platform=LINUX base\n", "")]
    [TestCase("app: app", "FROM --platform=linux/amd46/v1/x base\n", "Dockerfile(1,6) 'linux/amd46/v1/x' is not a platform.")]
    [TestCase("app: { context: app, additional_contexts: { x: 'image:base' }, platforms: [arm64] }", "FROM x\n", "images.yml(2,78) 'app' takes its base 'base' for linux/arm64 (images.yml:2), but 'base' is built for linux/amd64 only (images.yml:3).")]
    [TestCase("app: { context: app, platforms: [arm64, amd64] }", "FROM --platform=$BUILDPLATFORM base AS b\nFROM scratch\nCOPY --from=b / /\n", "")]
    [TestCase("app: { context: app, additional_contexts: { x: 'image:base' }, platforms: [arm64] }", "FROM --platform=$BUILDPLATFORM x AS b\nFROM scratch\nCOPY --from=b / /\n", "")]
    [TestCase("app: { context: app, additional_contexts: { tools: 'image:base' }, platforms: [arm64] }", "FROM --platform=$BUILDPLATFORM alpine AS tools\nFROM scratch\nCOPY --from=tools / /\n", "")]
    [TestCase("app: { context: app, additional_contexts: { tools: 'image:base' }, platforms: [arm64] }", "FROM alpine AS tools\nFROM scratch\nCOPY --from=tools / /\n", "images.yml(2,82) 'app' takes its base 'base' for linux/arm64 (images.yml:2), but 'base' is built for linux/amd64 only (images.yml:3).")]
    [TestCase("app: { context: app, platforms: [amd64, arm64] }", "ARG TARGETARCH\nFROM here-$TARGETARCH AS here-arm64\n", "Dockerfile(2,6) 'app' does not start this stage from the same on every platform, and the image 'here-arm64' among that has the name of a stage.")]
    [TestCase("app: { context: app, platforms: [amd64, arm64] }", "ARG TARGETARCH\nFROM scratch AS on-amd64\nENV A=1\nFROM on-$TARGETARCH AS on-arm64\n", "Dockerfile(4,6) 'app' does not start this stage from the same on every platform, and the image 'on-arm64' among that has the name of a stage.")]
    public void Bases_have_to_be_there_for_every_platform(string image, string dockerfile, string finding)
    {
        Write("app/Dockerfile", dockerfile);
        Write("base/Dockerfile", "FROM scratch\nENV A=1\n");
        Write("images.yml", $"images:\n  {image}\n  base: base\n");
        var diagnostics = new DiagnosticBag();

        LoadedGraph.Load(GraphReader.Read(new GraphOptions(GraphFile, Environment), diagnostics)!, "linux/amd64", diagnostics);

        Assert.That(string.Join('\n', diagnostics.Items.Select(item => $"{Path.GetFileName(item.Span.File)}({item.Span.Line},{item.Span.Column}) {item.Message}")), Is.EqualTo(finding));
    }
}
