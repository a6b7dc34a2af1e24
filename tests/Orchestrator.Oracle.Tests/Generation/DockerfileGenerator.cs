using System.Collections.Immutable;

namespace Orchestrator.Oracle.Tests.Generation;

/// <summary>Writes a Dockerfile that most likely can be built: one to three stages that take from their context, from each other and from other images.</summary>
/// <param name="chance">Decides everything.</param>
/// <param name="surroundings">What the Dockerfile may refer to.</param>
internal sealed class DockerfileGenerator(Chance chance, Surroundings surroundings)
{
    private readonly List<string> _lines = [];
    private readonly List<string> _stages = [];

    public ImmutableList<string> Write(bool isBase)
    {
        if (chance.Happens(8))
        {
            _lines.Add(chance.Of("# escape=\\", "# check=skip=all", "#escape=\\"));
        }

        if (chance.Happens(40))
        {
            _lines.Add($"ARG ROOT={chance.Of(surroundings.Images)}");
        }

        if (chance.Happens(20))
        {
            _lines.Add($"ARG GLOBAL={chance.Word()}");
        }

        var stages = isBase ? 1 : chance.Of(1, 1, 2, 2, 3);
        for (var number = 0; number < stages; number++)
        {
            Stage(number, isLast: number == stages - 1, isBase);
        }

        return [.. _lines];
    }

    private void Stage(int number, bool isLast, bool isBase)
    {
        var from = _lines.Contains("ARG ROOT=" + surroundings.Images[0]) && chance.Happens(50) ? "${ROOT}"
            : _stages.Count > 0 && chance.Happens(25) ? chance.Of(_stages)
            : chance.Of(surroundings.Images);
        var name = isLast && chance.Happens(60) ? null : chance.Happens(10) && !from.Contains('$', StringComparison.Ordinal) && !from.Contains(':', StringComparison.Ordinal) && !from.Contains('/', StringComparison.Ordinal) ? from : chance.Happens(6) ? Reserved(number) : $"s{number}";
        var platform = chance.Happens(8) ? "--platform=$BUILDPLATFORM " : "";
        _lines.Add($"FROM {platform}{from}{(name is null ? "" : $" {chance.Of("AS", "as", "As")} {name}")}");
        Declarations();
        var steps = new StepGenerator(chance, surroundings, _stages);
        var count = 2 + chance.Below(4);
        for (var i = 0; i < count; i++)
        {
            _lines.Add(steps.Next($"{number}{i}"));
        }

        if (chance.Happens(50))
        {
            _lines.Add($"RUN (find /x -exec stat -c '%n %a %F' {{}} +; find /x -type f -exec sha256sum {{}} +) 2>/dev/null | sort > /manifest{number}");
        }

        if (isBase && chance.Happens(70))
        {
            _lines.Add(chance.Of(
                "ONBUILD COPY . /onbuild/", "ONBUILD RUN echo triggered > /triggered", "ONBUILD ENV TRIGGERED=1", "ONBUILD COPY *.txt /onbuild/", "ONBUILD ARG USED", "ONBUILD ADD a* /onbuild-add/",
                "ONBUILD RUN --mount=type=bind,target=/ctx ls -R /ctx > /listed", "ONBUILD WORKDIR /w", "ONBUILD COPY $DIR* /onbuild-dir/"));
        }

        if (name is not null)
        {
            _stages.Add(name);
        }
    }

    /// <summary>Names that BuildKit has a use of its own for.</summary>
    private string Reserved(int number) => chance.OfOrNone(new[] { "context", "scratch", "Context" }.Where(name => !_stages.Contains(name, StringComparer.OrdinalIgnoreCase))) ?? $"s{number}";

    private void Declarations()
    {
        if (chance.Happens(50))
        {
            _lines.Add(chance.Of("ARG USED", "ARG USED=one", "ARG USED=\"a b\"", "ARG USED DECLARED=two", "ARG \"USED\"", "ARG PART=ED\nARG US${PART}"));
        }

        if (chance.Happens(30))
        {
            _lines.Add(chance.Of("ARG DECLARED", "ARG DECLARED=x", "ARG GLOBAL", "ARG TARGETARCH", "ARG HTTP_PROXY", "ARG 'DECLARED'=x"));
        }

        if (chance.Happens(50))
        {
            _lines.Add(chance.Of("ENV DIR=data", "ENV DIR=lib KIND=txt", "ENV DIR data", "ENV KIND=txt", "ENV DIR=${USED:-data}", "ENV NOTE=\"some  words\" DIR=data"));
        }
    }
}
