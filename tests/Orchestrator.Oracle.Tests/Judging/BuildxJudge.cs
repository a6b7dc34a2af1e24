using Orchestrator.Docker;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>Builds with Docker's own command: slower, and independent of every line of ours, ignore patterns and file sending included.</summary>
internal sealed class BuildxJudge(string host, DockerEngine engine) : IJudge
{
    private const int WritableByOthers = 0b000_010_010;

    public string Name => "buildx";

    public async Task<Verdict> BuildAsync(string root, ImageModel image, CancellationToken cancellationToken)
    {
        // The command keeps what it sent under the folder's last name, so each folder is copied to a name that was never used.
        var copies = Directory.CreateTempSubdirectory("orchestrator-judge-").FullName;
        try
        {
            List<string> arguments = ["--file", Path.Join(Copy(Path.GetDirectoryName(Path.Join(root, image.DockerfilePath))!), Path.GetFileName(image.Dockerfile))];
            arguments.AddRange(image.Arguments.SelectMany(pair => new[] { "--build-arg", $"{pair.Key}={pair.Value}" }));
            arguments.AddRange(image.Labels.SelectMany(pair => new[] { "--label", $"{pair.Key}={pair.Value}" }));
            foreach (var (name, value) in image.NamedContexts)
            {
                arguments.AddRange(["--build-context", name + "=" + (ClientJudge.Reference(value) is { } reference ? "docker-image://" + reference : Copy(Path.Join(root, value)))]);
            }

            arguments.AddRange(image.Target is null ? [] : ["--target", image.Target]);
            arguments.AddRange(image.Network is null ? [] : ["--network", image.Network]);
            arguments.AddRange(image.ExtraHost is null ? [] : ["--add-host", image.ExtraHost]);
            return await BuildAsync([.. arguments, "--tag", image.Name, Copy(Path.Join(root, image.Context))], image.Name, cancellationToken);
        }
        finally
        {
            Directory.Delete(copies, recursive: true);
        }

        string Copy(string folder)
        {
            var copy = Path.Join(copies, Guid.NewGuid().ToString("N"));
            CopyFolder(folder, copy);
            return copy;
        }
    }

    public async Task<Verdict> BuildOutsideAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("orchestrator-judge-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Join(folder, "Dockerfile"), scenario.ExternalText, cancellationToken);
            return await BuildAsync(["--tag", scenario.ExternalName, folder], scenario.ExternalName, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Verdict> BuildAsync(IReadOnlyList<string> arguments, string name, CancellationToken cancellationToken)
    {
        var (code, output, error) = await DockerCommand.TryAsync(host, cancellationToken, ["buildx", "build", "--builder", "default", "--quiet", "--provenance=false", .. arguments]);
        return code == 0 ? await Verdict.InspectAsync(engine, output.Trim(), name, null, cancellationToken) : Verdict.Failed(error.Trim());
    }

    /// <summary>Links stay links; permissions as the product sends them (design, section 6).</summary>
    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var info in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Join(to, info.Name);
            if (info.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
                continue;
            }

            if (info is DirectoryInfo)
            {
                CopyFolder(info.FullName, target);
            }
            else
            {
                File.Copy(info.FullName, target);
            }

            File.SetUnixFileMode(target, info.UnixFileMode & ~(UnixFileMode)WritableByOthers);
        }
    }
}
