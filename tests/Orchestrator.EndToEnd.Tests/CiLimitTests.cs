using System.Text.Json;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Graphs that are larger, or otherwise called, than CI systems take jobs.</summary>
internal sealed class CiLimitTests
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(null).Write("docs/Dockerfile", "FROM scratch\n");

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    /// <summary>https://docs.github.com/en/actions/reference/limits: a matrix has at most 256 jobs.</summary>
    [Test]
    public async Task A_wave_that_no_matrix_holds_goes_on_in_another()
    {
        _repository.Write("images.yml", "images:\n" + string.Concat(Enumerable.Range(100, 300).Select(number => $"  i{number}: {{ context: docs, labels: {{ number: \"{number}\" }} }}\n")) + "  last: last\n").Write("last/Dockerfile", "FROM i399\n");

        var github = (await _repository.RunAsync("ci", "--format", "github")).Text.Split('\n');
        var azure = (await _repository.RunAsync("ci", "--format", "azure")).Text.Split('\n');

        Assert.That(github[0], Is.EqualTo("waves=3"));
        Assert.That(github[1], Does.StartWith("wave-1={\"image\":[\"i100\",").And.EndsWith(",\"i355\"]}"));
        Assert.That(github[2], Does.StartWith("wave-2={\"image\":[\"i356\",").And.EndsWith(",\"i399\"]}"));
        Assert.That(github[3], Is.EqualTo("wave-3={\"image\":[\"last\"]}"));
        Assert.That(azure[0], Does.EndWith("]3"));
        Assert.That(azure[1], Does.EndWith("\"i355_256\":{\"orchestratorImage\":\"i355\"}}"));
        Assert.That(CiWaves.Of(await _repository.RunAsync("ci")), Has.Count.EqualTo(2), "only a matrix has such a limit");
    }

    /// <summary>https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/jobs-job-strategy: a letter first, 100 characters at most.</summary>
    [Test]
    public async Task Jobs_of_Azure_have_names_that_it_takes()
    {
        var (key, target) = (new string('k', 80), new string('t', 80));
        _repository.Write("images.yml", $"images:\n  7zip: docs\n  {key}:\n    context: docs\n    targets: {{ {target}: , other: }}\n").Write("docs/Dockerfile", $"FROM scratch AS {target}\nFROM scratch AS other\n");

        var text = (await _repository.RunAsync("ci", "--format", "azure")).Text.Split('\n')[1];

        using var matrix = JsonDocument.Parse(text[(text.IndexOf(']', StringComparison.Ordinal) + 1)..]);
        var names = matrix.RootElement.EnumerateObject().Select(job => job.Name).ToList();
        Assert.That(names, Has.Count.EqualTo(3).And.All.Match(@"\A[A-Za-z][A-Za-z0-9_]{0,99}\z"));
        Assert.That(names[0], Is.EqualTo("image_7zip_1"));
    }

    /// <summary>https://docs.gitlab.com/ci/yaml/#needs: a job needs at most 50 others.</summary>
    [TestCase(50, true)]
    [TestCase(51, false)]
    public async Task A_job_of_GitLab_that_needs_too_many_others_comes_after_all_of_their_stages(int count, bool isNamed)
    {
        var numbers = Enumerable.Range(1, count).ToList();
        _repository.Write("images.yml", "images:\n" + string.Concat(numbers.Select(number => $"  i{number}: {{ context: docs, labels: {{ number: \"{number}\" }} }}\n")) + "  all: all\n")
            .Write("all/Dockerfile", "FROM scratch\n" + string.Concat(numbers.Select(number => $"COPY --from=i{number} /page /\n")));

        var text = (await _repository.RunAsync("ci", "--format", "gitlab")).Text;

        Assert.That(text[text.IndexOf("\"build all\"", StringComparison.Ordinal)..], Does.Contain("  stage: wave-2\n").And.Contain("\"all\""));
        Assert.That(text.Split('\n').Count(line => line.StartsWith("  needs: ", StringComparison.Ordinal)), Is.EqualTo(isNamed ? count + 1 : count));
    }
}
