using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// The sample <c>snowboarding</c>, a repository in small: six images, one of them over 1 GB, on base images made of Debian packages.
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class SampleTests(string engine)
{
    private const string AskWithPython = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())";
    private const string AskWithNode = "fetch(process.argv[1]).then(answer => answer.text()).then(console.log, () => process.exit(1))";
    private static readonly string[] Images = ["base-node", "base-python", "base-python-pose", "snowboarding-backend-api", "snowboarding-frontend", "snowboarding-pose-service"];

    private Repository? _repository;
    private Repository.Outcome _first = null!;

    /// <summary>The tars of the base images are made once and kept beside the engines; an engine that has the images is left alone.</summary>
    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        var host = TestEngines.Host(engine);
        await Scripts.RunAsync("rootfs", host, "python", "node", "cuda");
        _repository = new Repository(host).Copy(Path.Join(Scripts.Root, "tests", "samples", "snowboarding"));
        // The names of a sample are its own, so an engine that is kept may have the images of an earlier run.
        await _repository.RunAsync("clean");
        _first = await _repository.RunAsync("build");
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_repository is not null)
        {
            await _repository.RunAsync("clean");
            await _repository.DisposeAsync();
        }
    }

    [Test]
    public void Six_images_are_built_and_bases_come_first()
    {
        var built = _first.Lines("built ");
        var started = _first.Lines("building ");

        Assert.That(_first.ExitCode, Is.Zero, _first.ToString());
        Assert.That(_first.Built, Is.EqualTo(Images), _first.ToString());
        Assert.That(started["snowboarding-pose-service:"], Is.GreaterThan(built["base-python-pose"]), _first.ToString());
        Assert.That(started["snowboarding-backend-api:"], Is.GreaterThan(built["base-node"]), _first.ToString());
        Assert.That(started["snowboarding-frontend:"], Is.GreaterThan(built["base-node"]), _first.ToString());
    }

    [Test]
    public async Task The_large_base_is_large()
    {
        var size = await _repository!.DockerAsync("image", "inspect", "--format", "{{.Size}}", "base-python-pose");

        // The containerd store counts what is packed, and most of this image cannot be packed smaller.
        Assert.That(long.Parse(size, null), Is.GreaterThan(1_000_000_000L));
    }

    [Test]
    public async Task A_second_build_does_nothing()
    {
        var outcome = await _repository!.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("6 images: 6 up-to-date"), outcome.ToString());
        Assert.That(outcome.Lines("building "), Is.Empty, outcome.ToString());
    }

    [TestCase("snowboarding-pose-service", 5000, "python3", "-c", AskWithPython, TestName = "The_pose_service_answers")]
    [TestCase("snowboarding-backend-api", 3001, "node", "-e", AskWithNode, TestName = "The_backend_answers")]
    [TestCase("snowboarding-frontend", 5173, "node", "-e", AskWithNode, TestName = "The_frontend_answers")]
    public async Task A_service_answers(string image, int port, params string[] client)
    {
        var container = await _repository!.DockerAsync("run", "--detach", image);
        try
        {
            var answer = "";
            for (var tries = 0; tries < 50 && !answer.Contains("ok", StringComparison.Ordinal); tries++)
            {
                await Task.Delay(100);
                answer = await _repository!.DockerAsync(["exec", container, .. client, $"http://127.0.0.1:{port}/health"]);
            }

            Assert.That(answer, Does.Contain("\"status\"").And.Contain("ok"), await _repository!.DockerAsync("logs", container));
        }
        finally
        {
            await _repository!.DockerAsync("rm", "--force", container);
        }
    }
}
