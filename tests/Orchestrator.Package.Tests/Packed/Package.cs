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

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        if (Directory.Exists(Paths.Transcripts))
        {
            Directory.Delete(Paths.Transcripts, recursive: true);
        }

        var result = await Command.DotNetAsync(
            Paths.RepositoryRoot,
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = Paths.NuGetPackageRoot },
            "pack", "nuget/Orchestrator.Sdk.csproj", "-o", Feed, $"-p:PackageVersion={Version}");
        Assert.That(result.ExitCode, Is.Zero, result.Output);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(Root, recursive: true);
}
