using System.Collections.Immutable;

namespace Orchestrator.Oracle.Tests.Scenarios;

/// <summary>A repository with its graph, and the image from outside that it uses. A mutation makes another one from it.</summary>
/// <param name="Name">The graph's name; begins every image's name.</param>
/// <param name="Files">By path relative to the repository; Dockerfiles and images.yml are not among them.</param>
/// <param name="Images">Bases before those that are built from them.</param>
/// <param name="External">The Dockerfile of an image that is no part of the graph and lies on the engine as <see cref="ExternalName"/>.</param>
internal sealed record Scenario(string Name, ImmutableSortedDictionary<string, Entry> Files, ImmutableList<ImageModel> Images, ImmutableList<string> External)
{
    public string ExternalName => $"local/{Name}-outside:latest";

    public string ExternalText => string.Concat(External.Select(instruction => instruction + "\n"));

    public static ImmutableSortedDictionary<string, Entry> NoFiles { get; } = ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal);

    public Scenario With(string path, Entry entry) => this with { Files = Files.SetItem(path, entry) };

    public Scenario Without(string path) => this with { Files = Files.Remove(path) };

    public Scenario With(ImageModel before, ImageModel after) => this with { Images = Images.Replace(before, after) };

    public Scenario With(ImageModel image, int index, string instruction) => With(image, image with { Instructions = image.Instructions.SetItem(index, instruction) });

    /// <summary>Everything that lies in the repository, Dockerfiles and images.yml included.</summary>
    public ImmutableSortedDictionary<string, string> Texts()
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        texts["images.yml"] = GraphText.Of(this);
        foreach (var image in Images)
        {
            texts[image.DockerfilePath] = image.DockerfileText;
        }

        return texts.ToImmutable();
    }
}
