using System.Globalization;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>Packs the package once per run, under a version that never was: a version packed again would keep running its old targets.</summary>
[SetUpFixture]
internal sealed class Package
{
    public static string Root { get; } = Directory.CreateTempSubdirectory("orchestrator-package-tests-").FullName;

    public static string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-dev.{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}.{Environment.ProcessId}");

    public static string Feed { get; } = Path.Combine(Root, "feed");

    /// <summary>The packages folder that all projects of this run share, and nobody else.</summary>
    public static string Packages { get; } = Path.Combine(Root, "packages");

    public static string File => Path.Combine(Feed, $"Orchestrator.Sdk.{Version}.nupkg");

    /// <summary>One for which the assemblies are compiled ahead of time.</summary>
    public static string AnotherRuntime => "win-x64";

    /// <summary>Where nothing links it, as on a machine without a compiler, there is nothing to test; <c>build/test</c> sees to it that something does.</summary>
    public static void NeedsMachineCode()
    {
        using var package = System.IO.Compression.ZipFile.OpenRead(File);
        if (!package.Entries.Any(entry => entry.Name == "Orchestrator.Tool"))
        {
            Assert.Ignore("No C linker: the package has no machine code.");
        }
    }

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        if (Directory.Exists(Paths.Transcripts))
        {
            Directory.Delete(Paths.Transcripts, recursive: true);
        }

        // Compiling takes minutes beside other tests; build/test has done it.
        var compiled = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_TOOL") is { Length: > 0 } tool ? Path.GetDirectoryName(Path.GetDirectoryName(tool)) : "";
        var result = await Command.DotNetAsync(
            Paths.RepositoryRoot,
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = Paths.NuGetPackageRoot },
            "pack", "nuget/Orchestrator.Sdk.csproj", "-o", Feed, $"-p:PackageVersion={Version}", $"-p:OrchestratorMachineCode={compiled}", $"-p:OrchestratorRuntimes={AnotherRuntime}");
        Assert.That(result.ExitCode, Is.Zero, result.Output);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(Root, recursive: true);
}
