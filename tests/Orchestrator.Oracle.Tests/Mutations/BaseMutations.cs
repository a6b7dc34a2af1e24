using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of what images are built from.</summary>
internal static class BaseMutations
{
    public static Mutant? Environment(Scenario scenario, Chance chance)
    {
        var image = scenario.Images[0];
        var line = chance.Of("ENV DIR=data", "ENV DIR=lib", "ENV KIND=csv", $"ENV BASE={chance.Word()}", "ENV USED=frombase", "ENV PATH=/bin:/sbin:/usr/bin");
        return new Mutant(scenario.With(image, image with { Instructions = image.Instructions.Add(line) }), $"{image.Name} ends with '{line}'");
    }

    public static Mutant? Trigger(Scenario scenario, Chance chance)
    {
        var image = scenario.Images[0];
        if (image.Instructions.FindIndex(line => line.StartsWith("ONBUILD", StringComparison.OrdinalIgnoreCase)) is >= 0 and var at && chance.Happens(40))
        {
            return new Mutant(scenario.With(image, image with { Instructions = image.Instructions.RemoveAt(at) }), $"{image.Name} is without '{image.Instructions[at]}'");
        }

        var line = chance.Of(
            "ONBUILD COPY *.txt /onbuild2/", "ONBUILD RUN echo again > /again", "ONBUILD ENV DIR=lib", "ONBUILD ARG USED=trigger", "ONBUILD COPY data* lib* /onbuild3/", "ONBUILD RUN --mount=target=/ctx cat /ctx/a.txt > /a || true", "ONBUILD LABEL on=build",
            "ONBUILD COPY . /", $"ONBUILD RUN echo {chance.Word()} > /word", "onbuild copy lib* /lowercase/", "ONBUILD ADD a* /added/", "ONBUILD COPY $DIR* /triggered-dir/");
        return new Mutant(scenario.With(image, image with { Instructions = image.Instructions.Add(line) }), $"{image.Name} ends with '{line}'");
    }

    public static Mutant? Outside(Scenario scenario, Chance chance)
    {
        var line = chance.Of(
            $"RUN echo {chance.Word()} > /outside2", "ENV DIR=data", "ENV DIR=lib", "ONBUILD COPY a* /outside3/", "ONBUILD RUN echo x > /outside4", $"LABEL outside={chance.Word()}", "WORKDIR /outside", "ENV KIND=csv", "ONBUILD COPY $DIR* /outside5/",
            "CMD outside", "USER 0:0", "SHELL [\"/bin/sh\", \"-xc\"]");

        // A line that is there already may change nothing but the image's history, which is no part of what an image is (design: content identity); on
        // containerd's store BuildKit then runs the steps on it again, with other times.
        return scenario.External.Contains(line) ? null : new Mutant(scenario with { External = scenario.External.Add(line) }, $"the image from outside ends with '{line}'");
    }

    public static Mutant? Base(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var at = image.Instructions.FindLastIndex(line => DockerfileMutations.Keyword(line) == "FROM");
        var words = image.Instructions[at].Split(' ');
        var place = words[1].StartsWith("--", StringComparison.Ordinal) ? 2 : 1;
        List<string> others = [ScenarioGenerator.Shell, scenario.ExternalName, "docker.io/" + scenario.ExternalName, .. scenario.Images.TakeWhile(other => other != image).SelectMany(other => new[] { other.Name, other.Name + ":latest", "docker.io/library/" + other.Name })];
        var other = chance.Of(others);
        words[place] = other;
        var changed = string.Join(' ', words);
        return changed == image.Instructions[at] ? null : new Mutant(scenario.With(image, at, changed), $"{image.Name}: '{image.Instructions[at]}' becomes '{changed}'");
    }
}
