using System.Text.RegularExpressions;
using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of stages.</summary>
internal static class StageMutations
{
    public static Mutant? NewStage(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var lines = image.Instructions.AddRange([$"FROM {ScenarioGenerator.Shell} AS added", "COPY *.txt /added/", $"RUN echo {chance.Word()} > /stage"]);
        return new Mutant(scenario.With(image, image with { Instructions = lines }), $"{image.Name}: one more stage at the end");
    }

    public static Mutant? UnusedStage(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var at = image.Instructions.FindIndex(line => DockerfileMutations.Keyword(line) == "FROM");
        var lines = image.Instructions.InsertRange(at, [$"FROM {chance.Of(ScenarioGenerator.Shell, "scratch")} AS unused", "COPY . /never/", "ARG NEVER=1", $"ENV NEVER={chance.Word()}"]);
        return image.Instructions.Any(line => line.Contains(" AS unused", StringComparison.Ordinal)) ? null : new Mutant(scenario.With(image, image with { Instructions = lines }), $"{image.Name}: a first stage that nobody uses");
    }

    /// <summary>Everywhere in the Dockerfile, so that it means the same.</summary>
    public static Mutant? Name(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        if (!image.DockerfileText.Contains(" s0", StringComparison.Ordinal))
        {
            return null;
        }

        var name = chance.Of("renamed", "renamed", "context", "scratch");
        var lines = image.Instructions.ConvertAll(line => Regex.Replace(line, @"(?<=[ =])s0\b", name));
        return new Mutant(scenario.With(image, image with { Instructions = lines, Target = image.Target == "s0" ? name : image.Target }), $"{image.Name}: stage s0 is called {name}");
    }

    public static Mutant? NamedLikeBase(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var places = Enumerable.Range(0, image.Instructions.Count).Where(i => Regex.IsMatch(image.Instructions[i], "^FROM [a-z0-9-]+$")).ToList();
        if (places.Count == 0 || scenario.Images.Count < 2)
        {
            return null;
        }

        var at = chance.Of(places);
        var name = chance.Happens(60) ? image.Instructions[at].Split(' ')[1] : chance.Of(scenario.Images).Name;
        return image.Instructions.Any(line => line.EndsWith(" AS " + name, StringComparison.Ordinal)) ? null
            : new Mutant(scenario.With(image, at, $"{image.Instructions[at]} AS {name}"), $"{image.Name}: '{image.Instructions[at]}' becomes a stage called {name}");
    }

    public static Mutant? Target(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var names = image.Instructions.Select(line => Regex.Match(line, "^FROM .* as (s[0-9])$", RegexOptions.IgnoreCase)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        var target = chance.OfOrNone(names.Append("0").Append(""));
        var wanted = target is null or "" ? null : chance.Happens(20) ? target.ToUpperInvariant() : target;
        return wanted == image.Target ? null : new Mutant(scenario.With(image, image with { Target = wanted }), $"{image.Name}: target from {image.Target ?? "(last)"} to {wanted ?? "(last)"}");
    }
}
