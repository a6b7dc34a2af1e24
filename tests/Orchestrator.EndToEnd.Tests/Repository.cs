using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A repository in a temporary folder, and the command run in it as a person would: a process of its own on a real engine.</summary>
internal sealed class Repository : IAsyncDisposable
{
    private readonly string? _host;
    private readonly List<Process> _started = [];

    public Repository(string? host)
    {
        _host = host;
        Folder = Root = Directory.CreateTempSubdirectory("orchestrator-e2e-").FullName;
        Directory.CreateDirectory(Path.Join(Root, ".git"));
        // Names on an engine are shared by all tests; this prefix is not.
        Prefix = "t" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    }

    public string Root { get; }

    /// <summary>The user's cache folder of the commands run here.</summary>
    public string State { get; } = Directory.CreateTempSubdirectory("orchestrator-state-").FullName;

    /// <summary>Where commands are run; the root unless a sample is copied in.</summary>
    public string Folder { get; private set; }

    /// <summary>Begins the graph's name and every image's key.</summary>
    public string Prefix { get; private init; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>
    /// Takes away from the command what lets root read every file (two capabilities, of which an ordinary user's process has none), so that the
    /// permissions of files mean what they mean for anybody else. Its files and the engine's socket are still its own.
    /// </summary>
    public bool ObeysPermissions { get; set; }

    /// <summary>Writes a file; <c>@</c> stands for <see cref="Prefix"/>.</summary>
    public Repository Write(string path, string content)
    {
        var file = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content.Replace("@", Prefix, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Copies a sample as a repository of its own into a folder of its name, and goes there.</summary>
    public Repository Sample(string name, [CallerFilePath] string thisFile = "")
    {
        var from = Path.GetFullPath($"../../samples/{name}", thisFile);
        Folder = Path.Join(Root, name);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.GetFullPath(Path.GetRelativePath(from, file), Folder);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(Path.Join(Folder, ".git"));
        return this;
    }

    /// <summary>A graph in which each image's context is the folder of its name.</summary>
    public Repository WriteGraph(params string[] images) =>
        Write("images.yml", "name: @\nimages:\n" + string.Concat(images.Select(image => $"  @-{image}: {image}\n")));

    /// <summary>As if the user's cache directory had been cleared.</summary>
    public void ForgetState() => Directory.Delete(Path.Join(State, "orchestrator"), recursive: true);

    /// <summary>Whether a text stands anywhere in what the command remembers.</summary>
    public bool StateHolds(string text) => Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal));

    public void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Engines for tests are Linux's.");
        }

        File.SetUnixFileMode(Path.Join(Root, path), mode);
    }

    /// <summary>Makes it one of git's, if it is not yet, and commits everything.</summary>
    public async Task CommitAsync()
    {
        if (!File.Exists(Path.Join(Root, ".git/HEAD")))
        {
            await GitAsync("init", "--quiet", "--initial-branch=main");
        }

        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--message", "x");
    }

    /// <summary>Another agent's clone, on an engine of its own.</summary>
    public async Task<Repository> CloneAsync(string host)
    {
        var clone = new Repository(host) { Prefix = Prefix };
        Directory.Delete(Path.Join(clone.Root, ".git"));
        await GitAsync("clone", "--quiet", "file://" + Root, clone.Root);
        foreach (var (name, value) in Variables)
        {
            clone.Variables[name] = value;
        }

        return clone;
    }

    /// <summary>Another run's folder for the same graph on the same engine, with a cache folder of its own.</summary>
    public Repository Beside() => new(_host) { Prefix = Prefix };

    public async Task GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root })!;
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
    }

    /// <summary>Copies what is in a folder, as it is.</summary>
    public Repository Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Join(Root, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return this;
    }

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        return await EndAsync(Start(arguments));
    }

    /// <summary>Runs another program where the tool would be run; <c>$TOOL</c> is the tool.</summary>
    public async Task<Outcome> RunCommandAsync(params string[] command) => await EndAsync(StartCommand(command));

    public Process Start(params string[] arguments)
    {
        string[] command = [Tool, .. arguments];
        return StartCommand(ObeysPermissions && Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", .. command] : command);
    }

    /// <summary>A program: machine code, as the package carries it, where <c>build/test</c> made that; else what starts the tool as it was built.</summary>
    public static string Tool { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_TOOL") is { Length: > 0 } tool ? tool : Path.Join(AppContext.BaseDirectory, "Orchestrator.Tool");

    /// <summary>Lets a program find the tool as <c>$TOOL</c>, and the tool as it was built the dotnet that runs these tests.</summary>
    public static void NameTool(ProcessStartInfo start)
    {
        start.Environment["TOOL"] = Tool;
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
    }

    private Process StartCommand(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = State;
        NameTool(start);
        if (_host is not null)
        {
            start.Environment["DOCKER_HOST"] = _host;
        }

        // Whoever runs the tests decides nothing about the form of the output.
        foreach (var name in new[] { "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "NO_COLOR" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    public async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, Plain(await output), Plain(await error));

        string Plain(string text) => text.Replace(Prefix + "-", "", StringComparison.Ordinal);
    }

    /// <summary>Runs Docker's own command.</summary>
    public Task<string> DockerAsync(params string[] arguments) => DockerOnAsync(_host!, arguments);

    /// <summary>The same on an engine that is named.</summary>
    public async Task<string> DockerOnAsync(string host, params string[] arguments) => (await TryDockerAsync(host, arguments)).Text;

    /// <summary>The names of all images that an engine has; this repository's own where none is named.</summary>
    public async Task<IReadOnlyList<string>> ImageNamesAsync(string? host = null)
    {
        // On containerd's store a listing fails when another test removes an image meanwhile.
        for (var attempt = 1; ; attempt++)
        {
            var (code, text) = await TryDockerAsync(host ?? _host!, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
            if (code == 0)
            {
                return text.Split('\n');
            }

            Assert.That(attempt, Is.LessThan(5), text);
        }
    }

    /// <summary>Takes names away, and images with their last ones.</summary>
    /// <param name="isMeant">Of names.</param>
    /// <param name="host">Of the engine; this repository's own where none is named.</param>
    public async Task RemoveImagesAsync(Predicate<string> isMeant, string? host = null)
    {
        foreach (var name in (await ImageNamesAsync(host)).Where(name => isMeant(name)))
        {
            await DockerOnAsync(host ?? _host!, "image", "rm", "--force", name);
        }
    }

    private async Task<(int Code, string Text)> TryDockerAsync(string host, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments.Select(argument => argument.Replace("@", Prefix, StringComparison.Ordinal))) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOCKER_HOST"] = host;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await error).Trim());
    }

    /// <summary>Engine 26.1.5 now and then loses what a process writes that ends at once, so where nothing came it is run once more.</summary>
    public async Task<string> CatAsync(string image, string file)
    {
        string[] command = ["run", "--rm", "@-" + image, "cat", file];
        return await DockerAsync(command) is { Length: > 0 } text ? text : await DockerAsync(command);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAllAsync();
        if (_host is not null)
        {
            await RemoveImagesAsync(name => name.Contains(Prefix, StringComparison.Ordinal));
        }

        Directory.Delete(Root, recursive: true);
        Directory.Delete(State, recursive: true);
    }

    /// <summary>A test that failed half-way leaves no run behind.</summary>
    private async Task EndAllAsync()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <param name="ExitCode">Of the process.</param>
    /// <param name="Output">Standard output, without the prefix of the images' names.</param>
    /// <param name="Error">Standard error, likewise.</param>
    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public string Text => Output + Error;

        /// <summary>Names of the images that were built, sorted.</summary>
        public IEnumerable<string> Built => Text.Split('\n').Where(line => line.StartsWith("built ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Order(StringComparer.Ordinal);

        /// <summary>The second word of each line that begins so, and the line's number.</summary>
        public IReadOnlyDictionary<string, int> Lines(string beginning) =>
            Text.Split('\n').Index().Where(line => line.Item.StartsWith(beginning, StringComparison.Ordinal)).ToDictionary(line => line.Item.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], line => line.Index);

        public override string ToString() => new StringBuilder().Append("exit ").Append(ExitCode).Append('\n').Append(Text).ToString();
    }
}
