using System.IO.Compression;
using System.Runtime.InteropServices;
using Orchestrator.Testing;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>
/// What a reader of a page has: an empty repository, an engine, two registries, the package and the command. The registries have the names that pages call them
/// by replaced by addresses; images from outside are stand-ins made of busybox.
/// </summary>
internal sealed class PageRepository : IAsyncDisposable
{
    private const string BusyBox = "local/busybox";
    private const string ToolManifest = ".config/dotnet-tools.json";
    private static readonly string[] StandIns = ["alpine:3.20", "postgres:16", "redis:7", "mcr.microsoft.com/dotnet/aspnet:10.0"];
    private static readonly Lazy<string> Tool = new(ExtractTool);

    private readonly string _root;
    private readonly TestRegistry _open;
    private readonly TestRegistry _private;
    private readonly EngineNetwork[] _networks;
    private readonly Dictionary<string, string> _environment;
    private readonly (string Name, string Value)[] _replacements;

    private PageRepository(string root, string engine, TestRegistry open, TestRegistry withPassword)
    {
        (_root, _open, _private) = (root, open, withPassword);
        _networks = [EngineNetwork.Open(engine, open.Port), EngineNetwork.Open(engine, withPassword.Port)];
        Folder = Directory.CreateDirectory(Path.Join(root, "shop")).FullName;
        _replacements =
        [
            ("ghcr.io", open.Host), ("registry.example", withPassword.Host), ("~/packages", Package.Feed), ("%HOME%/packages", Package.Feed),
            ("\"Orchestrator.Sdk\" Version=\"0.1.0\"", $"\"Orchestrator.Sdk\" Version=\"{Package.Version}\""),
            ("\"Orchestrator.Sdk\": \"0.1.0\"", $"\"Orchestrator.Sdk\": \"{Package.Version}\""), ("\"version\": \"0.1.0\"", $"\"version\": \"{Package.Version}\""),
        ];
        _environment = new Dictionary<string, string>
        {
            ["DOCKER_HOST"] = engine,
            ["DOCKER_CONFIG"] = Directory.CreateDirectory(Path.Join(root, "docker")).FullName,
            ["XDG_CACHE_HOME"] = Path.Join(root, "cache"),
            ["NUGET_PACKAGES"] = Package.Packages,
            ["DOTNET_CLI_HOME"] = root,
            ["GIT_CONFIG_GLOBAL"] = Write(root, "gitconfig", "[user]\n  name = A Reader\n  email = reader@example.org\n[init]\n  defaultBranch = main\n[advice]\n  detachedHead = false\n"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["PATH"] = $"{Path.Join(root, ".dotnet", "tools")}:{Tool.Value}:{Environment.GetEnvironmentVariable("PATH")}",
            ["REGISTRY_USER"] = TestRegistry.User,
            ["REGISTRY_TOKEN"] = TestRegistry.Password,
        };
    }

    public string Folder { get; }

    public static async Task<PageRepository> OpenAsync()
    {
        var root = Directory.CreateTempSubdirectory("orchestrator-page-").FullName;
        var repository = new PageRepository(root, TestEngines.First, await TestRegistry.StartAsync(), await TestRegistry.StartAsync(basic: true));
        Write(root, "nuget.config", $"""<configuration><packageSources><clear /><add key="local" value="{Package.Feed}" /></packageSources></configuration>""");
        Write(root, "global.json", $$"""{ "msbuild-sdks": { "Orchestrator.Sdk": "{{Package.Version}}" } }""");
        if (Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { } configuration && Directory.Exists(Path.Join(configuration, "cli-plugins")))
        {
            Directory.CreateSymbolicLink(Path.Join(root, "docker", "cli-plugins"), Path.Join(configuration, "cli-plugins"));
        }

        await repository.PrepareAsync();
        return repository;
    }

    public string Replace(string text) => _replacements.Aggregate(text, (seen, pair) => seen.Replace(pair.Name, pair.Value, StringComparison.Ordinal));

    /// <summary>Writes a file of a page. A tool manifest brings along the package that it names.</summary>
    public async Task WriteAsync(string path, string text)
    {
        Write(Folder, path, Replace(text));
        if (path == ToolManifest)
        {
            var result = await RunAsync($"dotnet pack src/Orchestrator.Tool -o '{Package.Feed}' -p:PackageVersion={Package.Version}", isInTheClone: true);
            Assert.That(result.ExitCode, Is.Zero, result.Output);
        }
    }

    /// <param name="isInTheClone">Run it here, in the repository of this program.</param>
    /// <param name="variables">Beside those that a reader has.</param>
    public Task<CommandResult> RunAsync(string line, bool isInTheClone = false, IReadOnlyDictionary<string, string>? variables = null)
    {
        var environment = new Dictionary<string, string>(_environment);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        if (isInTheClone)
        {
            environment["NUGET_PACKAGES"] = Paths.NuGetPackageRoot;
        }

        return Command.ShellAsync(isInTheClone ? Paths.RepositoryRoot : Folder, environment, Replace(line));
    }

    /// <summary>As if another machine went on: the images of the graph are gone from the engine.</summary>
    public Task BecomeAgentAsync() => RunAsync("orchestrator clean; rm -rf \"$XDG_CACHE_HOME\"");

    public async ValueTask DisposeAsync()
    {
        await RunAsync("orchestrator clean");
        await RunAsync($"docker image ls --format '{{{{.Repository}}}}:{{{{.Tag}}}}' | grep -E '^({_open.Host}|{_private.Host})/' | xargs -r docker image rm --force");
        foreach (var network in _networks)
        {
            await network.DisposeAsync();
        }

        await _open.DisposeAsync();
        await _private.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>What is there before a page begins: images from outside, also in both registries, and a repository of git without a commit.</summary>
    private async Task PrepareAsync()
    {
        var lines = StandIns.Select(name => $"docker tag {BusyBox} {name}").Append("git init --quiet")
            .Append($"docker tag {BusyBox} ghcr.io/acme/alpine:3.20 && docker push --quiet ghcr.io/acme/alpine:3.20 && docker image rm ghcr.io/acme/alpine:3.20")
            .Append("printf %s \"$REGISTRY_TOKEN\" | docker login registry.example --username \"$REGISTRY_USER\" --password-stdin")
            .Append($"docker tag {BusyBox} registry.example/mirror/alpine:3.20 && docker push --quiet registry.example/mirror/alpine:3.20 && docker image rm registry.example/mirror/alpine:3.20")
            .Append("docker logout registry.example");
        foreach (var line in lines)
        {
            var result = await RunAsync(line);
            Assert.That(result.ExitCode, Is.Zero, $"{line}\n{result.Output}");
        }
    }

    private static string Write(string folder, string path, string text)
    {
        var file = Path.GetFullPath(path, folder);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <returns>A folder with the command, which is the tool as it lies in the package; machine code where it has that for this machine.</returns>
    private static string ExtractTool()
    {
        const string Tools = "tools/net10.0/";
        var folder = Path.Join(Package.Root, "tool");
        using var package = ZipFile.OpenRead(Package.File);
        var prefix = new[] { $"{Tools}{RuntimeInformation.RuntimeIdentifier}/", $"{Tools}any/" }.First(prefix => package.Entries.Any(entry => entry.FullName.StartsWith(prefix, StringComparison.Ordinal)));
        foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var file = Path.Join(folder, "files", entry.FullName[prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            entry.ExtractToFile(file);
        }

        var program = Path.Join(folder, "files", "Orchestrator.Tool");
        var start = File.Exists(program) ? $"'{program}'" : $"dotnet exec '{program}.dll'";
        var command = Write(folder, "bin/orchestrator", $"#!/bin/sh\nexec {start} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.SetUnixFileMode(File.Exists(program) ? program : command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return Path.GetDirectoryName(command)!;
    }
}
