using System.Collections.Immutable;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>Makes a whole repository: one to four images, a shared folder that is a named context of some, an image from outside.</summary>
internal static class ScenarioGenerator
{
    public const string Shell = "local/busybox";

    public static Scenario Create(string name, Chance chance, bool canExclude)
    {
        var scenario = new Scenario(name, Files(chance), [], Outside(chance));
        var count = chance.Of(1, 2, 2, 3, 3, 4);
        for (var number = 0; number < count; number++)
        {
            scenario = AddImage(scenario, number, chance, canExclude);
        }

        return scenario;
    }

    private static ImmutableSortedDictionary<string, Entry> Files(Chance chance) =>
        ContextGenerator.Add(Scenario.NoFiles.Add("README.md", Entry.File("unrelated\n")), "shared", chance, isSmall: true);

    private static ImmutableList<string> Outside(Chance chance)
    {
        ImmutableList<string> lines = [$"FROM {Shell}", $"ENV DIR={chance.Of("data", "lib")}", $"RUN echo {chance.Word()} > /outside"];
        return chance.Happens(40) ? lines.Add(chance.Of("ONBUILD COPY *.txt /outside-onbuild/", "ONBUILD RUN echo outside > /outside-run", "ONBUILD ENV OUTSIDE=1")) : lines;
    }

    private static Scenario AddImage(Scenario scenario, int number, Chance chance, bool canExclude)
    {
        var folder = chance.Happens(12) ? "." : $"image{number}";
        var files = ContextGenerator.Add(scenario.Files, folder, chance, isSmall: folder == ".");
        var earlier = scenario.Images.Select(image => image.Name).ToList();
        var named = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (chance.Happens(35))
        {
            named = named.Add("extra", "shared");
        }

        if (chance.Happens(8))
        {
            named = named.Add("context", "shared");
        }

        if (earlier.Count > 0 && chance.Happens(15))
        {
            named = named.Add("given", "image:" + chance.Of(earlier));
        }

        List<string> images = earlier.Count > 0 && chance.Happens(75) ? [chance.Of(earlier), .. earlier] : [Shell, .. earlier];
        images.Add(chance.Of(Shell, scenario.ExternalName, Shell + ":latest"));
        var dockerfile = folder == "." ? $"Dockerfile.{number}" : chance.Happens(10) ? "docker/Dockerfile" : "Dockerfile";
        var inside = files.Keys.Where(path => folder == "." || path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(path => folder == "." ? path : path[(folder.Length + 1)..]).ToList();
        var surroundings = new Surroundings(inside, images, [.. named.Where(item => item.Value == "shared").Select(item => item.Key)], canExclude);
        var image = new ImageModel
        {
            Name = $"{scenario.Name}-image{number}",
            Context = folder,
            Dockerfile = dockerfile,
            NamedContexts = named,
            Instructions = new DockerfileGenerator(chance, surroundings).Write(isBase: number == 0 && chance.Happens(70)),
        };
        if (chance.Happens(30))
        {
            image = image with { Arguments = image.Arguments.Add("USED", chance.Word()).Add("UNDECLARED", chance.Word()) };
        }

        if (chance.Happens(10))
        {
            files = files.SetItem(image.DockerfilePath + ".dockerignore", Entry.File(ContextGenerator.Ignore(chance)));
        }

        return scenario with { Files = files, Images = scenario.Images.Add(image) };
    }
}
