using System.Security;

namespace Orchestrator.Package.Tests.Packed;

/// <summary>A repository in a temporary folder, outside this one: its own feed, SDK versions and packages, and nothing inherited from folders above.</summary>
internal sealed class Workspace
{
    public const string ImagesProject = """<Project Sdk="Orchestrator.Sdk" />""";
    public const string Graph = "name: test\nimages:\n  app: .\n";

    private static int _last;

    private readonly Dictionary<string, string> _environment = new()
    {
        ["NUGET_PACKAGES"] = Package.Packages,
        ["DOCKER_HOST"] = "unix:///nonexistent/docker.sock",
    };

    /// <param name="name">The folder's name; spaces and the like are welcome.</param>
    /// <param name="offlinePackages">Also restore from what this repository restored; for projects that need reference assemblies.</param>
    public Workspace(string name = "repo", bool offlinePackages = false)
    {
        Folder = Path.Combine(Package.Root, "work", Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture), name);
        var second = offlinePackages ? $"""<add key="restored" value="{SecurityElement.Escape(Paths.NuGetPackageRoot)}" />""" : "";
        Write("nuget.config", $"""<configuration><packageSources><clear /><add key="local" value="{Package.Feed}" />{second}</packageSources></configuration>""");
        Write("global.json", $$"""{ "msbuild-sdks": { "Orchestrator.Sdk": "{{Package.Version}}" } }""");
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
    }

    public string Folder { get; }

    /// <summary>A project of code that has the package as a reference.</summary>
    public static string CodeProject(string properties, string frameworks = "<TargetFramework>net10.0</TargetFramework>", string body = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>{frameworks}<NuGetAudit>false</NuGetAudit>{properties}</PropertyGroup>
          <ItemGroup><PackageReference Include="Orchestrator.Sdk" Version="{Package.Version}" /></ItemGroup>
          {body}
        </Project>
        """;

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, string text)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public Workspace With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public Task<CommandResult> DotNetAsync(params string[] arguments) => Command.DotNetAsync(Folder, _environment, arguments);

    public System.Diagnostics.Process Start(params string[] arguments) => Command.Start(Folder, _environment, arguments);
}
