using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Building;

/// <summary>
/// One run at a time per graph and engine. The lock is an open file in the user's cache folder: when the process dies, in whatever way, the
/// system lets go of it. Where the folder cannot be written there is no lock, which costs double work and never truth.
/// </summary>
internal sealed class GraphLock : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private GraphLock(FileStream? file) => _file = file;

    public static async Task<GraphLock> TakeAsync(
        string stateDirectory, string graphFile, string engine, Action<string> waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{graphFile}\n{engine}")))[..32];
        var path = Path.Join(stateDirectory, "locks", name + ".lock");
        var hasWaited = false;
        while (true)
        {
            if (TryOpen(path, out var file))
            {
                return new GraphLock(file);
            }

            if (!hasWaited)
            {
                waiting(Holder(path));
                hasWaited = true;
            }

            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>False: somebody else has it. True without a file: there can be no lock here.</summary>
    private static bool TryOpen(string path, out FileStream? file)
    {
        file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(path + ".holder", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException) when (file is null && File.Exists(path))
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Holder(string path)
    {
        try
        {
            return "process " + File.ReadAllText(path + ".holder").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
