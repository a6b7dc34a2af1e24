using System.Text;
using Orchestrator.Registry;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>What a registry has beside an image: statements about it, which lie in its index.</summary>
internal static class Statements
{
    /// <summary>The statements as they are written; empty where the tag stands for an image alone.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(string host, string repository, string tag)
    {
        using var client = new RegistryClient(host, new RegistryOptions { Retries = 0 });
        var index = await client.FindManifestAsync(repository, tag, CancellationToken.None);
        var statements = new List<string>();
        foreach (var child in index!.Manifests.Where(child => child.IsAttestation))
        {
            var manifest = await client.FindManifestAsync(repository, child.Digest.ToString(), CancellationToken.None);
            foreach (var layer in manifest!.Layers)
            {
                statements.Add(Encoding.UTF8.GetString(await client.ReadBlobAsync(repository, layer, CancellationToken.None)));
            }
        }

        return statements;
    }
}
