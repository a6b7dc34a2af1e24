using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Registry.Tests.Peers;

/// <summary>Images that are made of random bytes: a registry never looks into layers.</summary>
internal static class SampleImage
{
    public static Func<long, CancellationToken, Task<Stream>> From(byte[] content) =>
        (from, _) => Task.FromResult<Stream>(new MemoryStream(content[(int)from..], writable: false));

    public static Descriptor Blob(byte[] content) => new("application/vnd.oci.image.layer.v1.tar", Digest.Of(content), content.Length);

    /// <summary>Uploads layers, configuration and manifest; without a tag.</summary>
    public static async Task<Manifest> PushAsync(RegistryClient client, string repository, string key, params int[] layerBytes)
    {
        var config = Encoding.UTF8.GetBytes($$$$"""{"architecture":"amd64","os":"linux","config":{"Labels":{"orchestrator.key":"{{{{key}}}}"}}}""");
        await client.UploadBlobAsync(repository, Blob(config), From(config), null, Patience.Token);
        var layers = new List<byte[]>();
        foreach (var size in layerBytes)
        {
            var layer = RandomNumberGenerator.GetBytes(size);
            await client.UploadBlobAsync(repository, Blob(layer), From(layer), null, Patience.Token);
            layers.Add(layer);
        }

        var manifest = Image(config, layers, "");
        await client.PutManifestAsync(repository, manifest.Digest.ToString(), manifest, Patience.Token);
        return manifest;
    }

    public static Manifest Image(byte[] config, IReadOnlyList<byte[]> layers, string further, string configType = "application/vnd.oci.image.config.v1+json") => Manifest.Read(
        Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{configType}}","digest":"{{Digest.Of(config)}}","size":{{config.Length}}},
             "layers":[{{string.Join(',', layers.Select(layer => $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Digest.Of(layer)}}","size":{{layer.Length}}}"""))}}]{{further}}}
            """), "");

    public static Manifest Index(params (Manifest Manifest, string Further)[] manifests) => Manifest.Read(
        Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', manifests.Select(item => $$"""{"mediaType":"{{item.Manifest.MediaType}}","digest":"{{item.Manifest.Digest}}","size":{{item.Manifest.Content.Length}}{{item.Further}}}"""))}}]}
            """), "");
}
