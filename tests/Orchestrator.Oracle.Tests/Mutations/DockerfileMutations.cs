using System.Text.RegularExpressions;
using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Mutations;

/// <summary>Changes of instructions.</summary>
internal static partial class DockerfileMutations
{
    public static Mutant? Text(Scenario scenario, Chance chance) => Edit(scenario, chance, "RUN|ENV|LABEL|COPY|ADD|WORKDIR|CMD|ENTRYPOINT|EXPOSE|VOLUME|ONBUILD|HEALTHCHECK", line => Last(line) switch
    {
        _ when line.Contains("<<", StringComparison.Ordinal) => line.Replace("x/here", "x/there", StringComparison.Ordinal),
        ']' or '"' => line[..^1] + chance.Of("m", "9") + line[^1],
        '/' => line + "sub/",
        _ => line + chance.Of("9", "m"),
    });

    public static Mutant? Blanks(Scenario scenario, Chance chance) => Edit(scenario, chance, "RUN|CMD|ENTRYPOINT|HEALTHCHECK|COPY|ENV|LABEL|ONBUILD|ADD", line =>
    {
        var places = Enumerable.Range(0, line.Length).Where(i => line[i] == ' ').ToList();
        return places.Count == 0 ? line : line.Insert(chance.Of(places), chance.Of(" ", "\t", "   "));
    });

    public static Mutant? HeredocBody(Scenario scenario, Chance chance) => Edit(scenario, chance, "RUN|COPY|ADD", line =>
    {
        var body = line.IndexOf('\n', StringComparison.Ordinal);
        return !line.Contains("<<", StringComparison.Ordinal) ? line : line.Insert(body + 1, chance.Of("echo new\n", "# looks like a comment\n", "\n", "  \n"));
    });

    public static Mutant? Order(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var places = Enumerable.Range(0, image.Instructions.Count - 1).Where(i => IsStep(image.Instructions[i]) && IsStep(image.Instructions[i + 1]) && image.Instructions[i] != image.Instructions[i + 1]).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var at = chance.Of(places);
        var swapped = image.Instructions.SetItem(at, image.Instructions[at + 1]).SetItem(at + 1, image.Instructions[at]);
        return new Mutant(scenario.With(image, image with { Instructions = swapped }), $"{image.Name}: '{image.Instructions[at]}' and '{image.Instructions[at + 1]}' change places");
    }

    public static Mutant? NewInstruction(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var at = image.Instructions.FindIndex(line => Keyword(line) == "FROM") + 1 + chance.Below(3);
        var line = chance.Of(
            $"RUN echo {chance.Word()} > /new", "COPY *.txt /x/new/", $"ENV NEW={chance.Word()}", "LABEL new=1", "ARG NEW", "ARG UNDECLARED", "WORKDIR /new", "USER 0", "COPY . /x/everything/", "EXPOSE 81", "STOPSIGNAL SIGHUP", "ARG HTTPS_PROXY",
            "CMD [\"new\"]", "ENV DIR=lib", "ENV DIR=data", "ARG DIR=data", "SHELL [\"/bin/sh\", \"-c\"]", "RUN --mount=target=/ctx,source=data ls /ctx > /new", "RUN true", "ENV KIND=", "ONBUILD COPY . /later/", "VOLUME /new", "COPY nothing* a* /x/new/");
        return at > image.Instructions.Count ? null : new Mutant(scenario.With(image, image with { Instructions = image.Instructions.Insert(at, line) }), $"{image.Name}: new '{line}'");
    }

    public static Mutant? InstructionGone(Scenario scenario, Chance chance)
    {
        var image = chance.Of(scenario.Images);
        var places = Enumerable.Range(0, image.Instructions.Count).Where(i => Keyword(image.Instructions[i]) is not ("FROM" or "")).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var at = chance.Of(places);
        return new Mutant(scenario.With(image, image with { Instructions = image.Instructions.RemoveAt(at) }), $"{image.Name}: without '{image.Instructions[at]}'");
    }

    public static Mutant? Flag(Scenario scenario, Chance chance) => Edit(scenario, chance, "COPY|ADD|RUN", line =>
    {
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        var flag = Keyword(line) == "RUN"
            ? chance.Of("--network=none", "--network=default", "--mount=type=tmpfs,target=/tmp2", "--mount=target=/ctx2", "--mount=target=/ctx2,source=data", "--mount=type=cache,target=/c2", "--mount=target=/ctx2,source=data/one.csv")
            : chance.Of("--chmod=711", "--chown=3:4", "--link", "--chmod=u+x", "--exclude=a*", "--exclude=*.csv", "--link=false", "--chmod=0644");
        return line.Contains("--from", StringComparison.Ordinal) && flag.Contains("exclude", StringComparison.Ordinal) ? line : line.Insert(first, " " + flag);
    });

    /// <summary>The instruction's keyword in upper case; empty for comments, blank lines and what is none.</summary>
    public static string Keyword(string line) => KeywordPattern().Match(line).Value.ToUpperInvariant();

    public static Mutant? Edit(Scenario scenario, Chance chance, string keywords, Func<string, string> change)
    {
        var names = keywords.Split('|');
        var places = scenario.Images.SelectMany(image => image.Instructions.Select((line, index) => (image, index, line))).Where(place => names.Contains(Keyword(place.line))).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        // Some tries: not every line can be changed in every way.
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var (image, index, line) = chance.Of(places);
            var changed = change(line);
            if (changed != line)
            {
                return new Mutant(scenario.With(image, index, changed), $"{image.Name}: '{line}' becomes '{changed}'");
            }
        }

        return null;
    }

    private static char Last(string line) => line[^1];

    private static bool IsStep(string line) => Keyword(line) is not ("FROM" or "" or "ARG") || (Keyword(line) == "ARG" && line.Contains("USED", StringComparison.Ordinal));

    [GeneratedRegex("^[A-Za-z]+")]
    private static partial Regex KeywordPattern();
}
