namespace Orchestrator.EndToEnd.Tests;

/// <summary>What a shell offers after the script of <c>orchestrator completion</c> was read.</summary>
internal sealed class CompletionTests
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(null);

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [TestCase("orchestrator bui", "build")]
    [TestCase("orchestrator build --no", "--no-cache")]
    [TestCase("orchestrator build --progress j", "json")]
    [TestCase("orchestrator completion ", "--help bash fish pwsh zsh", Description = "what the command takes, in small letters")]
    [TestCase("orchestrator build api-", "api-base api-web")]
    [TestCase("orchestrator fix --write api-w", "api-web")]
    [TestCase("orchestrator build --file other.yml else", "elsewhere", Description = "of the graph that is meant")]
    [TestCase("orchestrator build --file broken.yml api-", "", Description = "nobody is told of errors while typing")]
    public async Task Bash_offers_commands_options_and_images(string line, string expected)
    {
        _repository.Write("images.yml", "name: shop\nimages:\n  api-base: a\n  api-web: b\n  worker: c\n").Write("other.yml", "name: shop\nimages:\n  elsewhere: a\n").Write("broken.yml", "name: shop\nimages: [\n");
        foreach (var folder in new[] { "a", "b", "c" })
        {
            _repository.Write($"{folder}/Dockerfile", "FROM scratch\n");
        }

        const string Script = """
            orchestrator() { "$TOOL" "$@"; }
            source <(orchestrator completion bash)
            complete -p orchestrator >/dev/null || exit 9
            COMP_LINE=$1 COMP_POINT=${#1}
            read -r -a COMP_WORDS <<<"$1"
            [[ $1 == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _orchestrator
            echo "${COMPREPLY[@]}"
            """;

        var outcome = await _repository.RunCommandAsync("bash", "-c", Script, "bash", line);

        Assert.That((outcome.ExitCode, outcome.Text.Trim()), Is.EqualTo((0, expected)), outcome.ToString());
    }
}
