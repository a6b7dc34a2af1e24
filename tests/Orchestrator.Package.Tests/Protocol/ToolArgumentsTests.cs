using System.CommandLine;
using Microsoft.Build.Utilities;
using Orchestrator.Tasks;

namespace Orchestrator.Package.Tests.Protocol;

/// <summary>What a task writes, read by the library that the tool reads it with.</summary>
internal sealed class ToolArgumentsTests
{
    [Test]
    public void A_build_says_everything_that_was_asked()
    {
        var task = new OrchestratorBuildImages
        {
            GraphFile = "/a repo/#1/images.yml",
            GraphEnvironment = "prod",
            EngineMissing = "skip",
            Parallel = " 4 ",
            NoCache = true,
            Pull = true,
            BuildOutput = "registry",
            Keep = "3",
            Report = [new TaskItem("/a b/r.html"), new TaskItem("/r.json")],
            Images = "base; app:dev ;",
        };

        Assert.That(Read(task), Is.EqualTo(new[]
        {
            "build", "--file", "/a repo/#1/images.yml", "--environment", "prod", "--progress", "msbuild", "--engine-missing", "skip", "--projects", "tell",
            "--parallel", "4", "--no-cache", "--pull", "--output", "registry", "--keep", "3", "--report", "/a b/r.html", "--report", "/r.json", "base", "app:dev",
        }));
    }

    [Test]
    public void What_was_not_asked_is_not_said() =>
        Assert.That(Read(new OrchestratorBuildImages { GraphFile = "/r/images.yml" }), Is.EqualTo(new[] { "build", "--file", "/r/images.yml", "--progress", "msbuild", "--engine-missing", "warn", "--projects", "tell" }));

    [Test]
    public void Plan_and_clean_are_commands_of_their_own()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Read(new OrchestratorResolveGraph { GraphFile = "/r/i.yml", Pull = true, Version = "1.4.0", Commit = "0a1b2c3", Branch = "a b" }), Is.EqualTo(new[]
            {
                "plan", "--file", "/r/i.yml", "--progress", "msbuild", "--engine-missing", "warn", "--projects", "tell", "--pull", "--version", "1.4.0", "--commit", "0a1b2c3", "--branch", "a b",
            }));
            Assert.That(Read(new OrchestratorLockImages { GraphFile = "/r/i.yml", Update = "python:3.9; node:20" }), Is.EqualTo(new[]
            {
                "lock", "--file", "/r/i.yml", "--progress", "msbuild", "--engine-missing", "warn", "--update", "python:3.9", "node:20",
            }));
            Assert.That(Read(new OrchestratorLockImages { GraphFile = "/r/i.yml", Update = "True" })[^1], Is.EqualTo("--update"));
            Assert.That(Read(new OrchestratorLockImages { GraphFile = "/r/i.yml", Check = true })[^1], Is.EqualTo("--check"));
            Assert.That(Read(new OrchestratorLockImages { GraphFile = "/r/i.yml", Update = "true", Refresh = "a;b" })[^4..], Is.EqualTo(new[] { "--update", "--refresh", "a", "b" }));
            Assert.That(Read(new OrchestratorCleanImages { GraphFile = "/r/i.yml", Images = "a" }), Is.EqualTo(new[] { "clean", "--file", "/r/i.yml", "--progress", "msbuild", "--engine-missing", "warn", "a" }));
            Assert.That(Read(new OrchestratorCheckGraph { GraphFile = "/r/i.yml", EngineMissing = "error", Images = "a" }), Is.EqualTo(new[] { "check", "--file", "/r/i.yml", "--progress", "msbuild", "a" }), "it asks no engine");
        });
    }

    [Test]
    public void A_push_says_what_is_released() => Assert.That(
        Read(new OrchestratorPushImages
        {
            GraphFile = "/r/i.yml",
            EngineMissing = "error",
            DryRun = true,
            Manifest = "/a b/release.json",
            Version = "1.4.0",
            Commit = "0a1b2c3",
            Branch = "main",
            Images = "api;web",
        }),
        Is.EqualTo(new[]
        {
            "push", "--file", "/r/i.yml", "--progress", "msbuild", "--engine-missing", "error", "--projects", "tell", "--dry-run", "--manifest", "/a b/release.json",
            "--version", "1.4.0", "--commit", "0a1b2c3", "--branch", "main", "api", "web",
        }));

    [TestCase(null, false, "warn")]
    [TestCase("", true, "error")]
    [TestCase("warn", true, "warn")]
    [TestCase("skip", false, "skip")]
    public void A_missing_engine_is_an_error_on_a_build_agent_only(string? given, bool continuousIntegration, string expected)
    {
        var task = new OrchestratorBuildImages { GraphFile = "/r/i.yml", EngineMissing = given, ContinuousIntegration = continuousIntegration };

        Assert.That(Read(task), Has.Member(expected));
    }

    [Test]
    public void Unicode_survives() =>
        Assert.That(Read(new OrchestratorBuildImages { GraphFile = "/räpö/日本 語/images.yml" }), Has.Member("/räpö/日本 語/images.yml"));

    private static string[] Read(OrchestratorTask task)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, task.Arguments().ToResponseFile());
            var command = new RootCommand { TreatUnmatchedTokensAsErrors = false };
            return [.. command.Parse(["@" + file]).Tokens.Select(token => token.Value)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
