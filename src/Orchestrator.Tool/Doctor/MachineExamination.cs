using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestrator.Git;
using Orchestrator.State;

namespace Orchestrator.Tool.Doctor;

/// <summary>What is on this machine besides the engine.</summary>
internal sealed class MachineExamination(ToolEnvironment environment)
{
    public static Observation Tool()
    {
        var version = typeof(MachineExamination).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return Observation.Fine("tool", $"orchestrator {version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription}");
    }

    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellationToken) =>
        [await GitAsync(cancellationToken).ConfigureAwait(false), State(), .. Builders()];

    private async Task<Observation> GitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await new GitCommand(environment.CurrentDirectory).RunAsync(["--version"], cancellationToken).ConfigureAwait(false);
            return answer.IsSuccess ? Observation.Fine("git", answer.Output.Trim()) : Observation.Warning("git", $"git does not work: {answer.Complaint}. Commits and versions from tags are not known.");
        }
        catch (GitMissingException exception)
        {
            return Observation.Warning("git", $"{exception.Message}. Commits and versions from tags are not known; builds work.");
        }
    }

    private Observation State()
    {
        var folder = environment.StateDirectory;
        try
        {
            var probe = Path.Join(folder, $"doctor-{Guid.NewGuid():N}");
            WholeFile.Write(probe, "probe"u8);
            WholeFile.Remove(probe);
            return Observation.Fine("memory", $"{folder} can be written");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Observation.Warning("memory", $"{folder} cannot be written: {exception.Message.TrimEnd('.')}. Every run reads all files anew, and 'why' knows nothing. Set XDG_CACHE_HOME to a folder that can be written.");
        }
    }

    /// <summary>Builders of buildx besides the engine's own: people expect them to be used.</summary>
    private IEnumerable<Observation> Builders()
    {
        var folder = Path.Join(new Docker.DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows).ConfigDirectory, "buildx", "instances");
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            yield return Observation.Fine("buildx", $"the builder '{Path.GetFileName(file)}'{Driver(file)} is there, and not used here: images are built in the engine, where the next one finds its base");
        }
    }

    private static string Driver(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.TryGetProperty("Driver", out var driver) ? $" ({driver.GetString()})" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
