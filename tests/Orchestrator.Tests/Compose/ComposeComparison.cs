using System.Text.Json;
using Orchestrator.Diagnostics;

namespace Orchestrator.Tests.Compose;

/// <summary>Our reading of each case, held against <c>docker compose config</c>.</summary>
[Category("DockerCompose")]
internal sealed class ComposeComparison
{
    [OneTimeSetUp]
    public void Find() => DockerCompose.Require();

    [TestCaseSource(typeof(ComposeCase), nameof(ComposeCase.Names))]
    public void What_is_built_is_read_as_compose_reads_it(string name)
    {
        var composeCase = ComposeCase.Open(name);
        var (exitCode, output, error) = DockerCompose.Run(composeCase, "config", "--format", "json");
        var (project, diagnostics) = composeCase.Read();
        var errors = diagnostics.Where(item => item.Severity == Severity.Error).ToList();

        if (exitCode != 0 && composeCase.Newer is { } newer)
        {
            Assert.That(errors, Is.Empty);
            Assert.That(BuildText.Of(project), Is.EqualTo(newer));
            return;
        }

        if (exitCode != 0)
        {
            Assert.That(errors, Is.Not.Empty, $"docker compose refuses it: {error}");
            return;
        }

        Assert.That(errors, Is.Empty);
        using var config = JsonDocument.Parse(output);
        Assert.That(BuildText.Of(project), Is.EqualTo(BuildText.Of(config.RootElement)));
        var images = DockerCompose.Run(composeCase, "config", "--images").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.That(project.Services.Where(service => service.IsActive).Select(service => service.Image.Value).Order(StringComparer.Ordinal), Is.EqualTo(images));
    }

    [TestCaseSource(typeof(ComposeCase), nameof(ComposeCase.Names))]
    public void Each_mistake_has_one_finding_with_a_place(string name)
    {
        var composeCase = ComposeCase.Open(name);
        var errors = composeCase.Read().Diagnostics.Where(item => item.Severity == Severity.Error).ToList();

        Assert.That(errors, Has.Count.LessThanOrEqualTo(1));
        Assert.That(errors.Where(item => item.Span.Line == 0 && name != "project-name-invalid"), Is.Empty);
    }
}
