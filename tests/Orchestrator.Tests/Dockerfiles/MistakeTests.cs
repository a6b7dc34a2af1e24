using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Tests.Dockerfiles;

/// <summary>What the person reads who made a mistake.</summary>
internal sealed class MistakeTests
{
    [TestCase("", "(1,1): error ORC2003: The Dockerfile has no FROM, so there is nothing to build.")]
    [TestCase("# only\n\n# comments\n", "(1,1): error ORC2003: The Dockerfile has no FROM, so there is nothing to build.")]
    [TestCase("ARG X\n", "(1,1): error ORC2003: The Dockerfile has no FROM, so there is nothing to build.")]
    [TestCase("FROM a\n\0", "(2,1): error ORC2002: The Dockerfile holds a NUL character, so it is not text.")]
    [TestCase("RUN x\nFROM a", "(1,1): error ORC2004: RUN comes before the first FROM, where only ARG may stand.")]
    [TestCase("FROM a\n  RNU x", "(2,3): error ORC2005: 'RNU' is not an instruction of a Dockerfile. Did you mean 'RUN'?")]
    [TestCase("FROM a\nCOPPY x y", "(2,1): error ORC2005: 'COPPY' is not an instruction of a Dockerfile. Did you mean 'COPY'?")]
    [TestCase("FROM a\nqwertzuiop x", "(2,1): error ORC2005: 'qwertzuiop' is not an instruction of a Dockerfile.")]
    [TestCase("FROM a\nCOPY --form=b x y", "(2,6): error ORC2006: COPY knows no flag '--form'. Did you mean 'from'?")]
    [TestCase("FROM a\nCOPY \\\n  --form=b x y", "(3,3): error ORC2006: COPY knows no flag '--form'. Did you mean 'from'?")]
    [TestCase("FROM a\nENV --x a=b", "(2,5): error ORC2006: ENV knows no flag '--x'.")]
    [TestCase("FROM a\nCOPY --from=b --from=c x y", "(2,15): error ORC2007: '--from' is given twice.")]
    [TestCase("FROM a\nCOPY --from b x y", "(2,6): error ORC2008: '--from' needs a value.")]
    [TestCase("FROM a\nCOPY --link=maybe x y", "(2,6): error ORC2009: '--link' takes true or false, not 'maybe'.")]
    [TestCase("FROM a\nRUN --network=hots x", "(2,5): error ORC2010: '--network' does not take 'hots' but one of default, none, host. Did you mean 'host'?")]
    [TestCase("#escape=`\n#escape=`\nFROM a", "(2,9): error ORC2011: The directive 'escape' is given twice.")]
    [TestCase("# escape=x\nFROM a", "(1,10): error ORC2012: The escape token can be \\ or `, not 'x'.")]
    [TestCase("FROM a\nRUN <<EOF\nx\n", "(2,5): error ORC2015: The heredoc 'EOF' is never closed.")]
    [TestCase("FROM a\nCOPY x <<EOF\nEOF\n", "(2,8): error ORC2016: A heredoc cannot be the destination of COPY.")]
    [TestCase("FROM a\nCMD [\"a\", 1]", "(2,5): error ORC2017: The JSON form of CMD takes strings only.")]
    [TestCase("FROM a\nEXPOSE", "(2,1): error ORC2018: EXPOSE needs an argument that is not blank.")]
    [TestCase("FROM a\nWORKDIR  ", "(2,1): error ORC2018: WORKDIR needs an argument that is not blank.")]
    [TestCase("FROM a\nVOLUME [\"\"]", "(2,1): error ORC2018: VOLUME needs an argument that is not blank.")]
    [TestCase("FROM a\nARG", "(2,1): error ORC2018: ARG needs an argument that is not blank.")]
    [TestCase("FROM a\nONBUILD", "(2,1): error ORC2018: ONBUILD needs an argument that is not blank.")]
    [TestCase("FROM a\nCOPY x", "(2,1): error ORC2019: COPY needs at least a source and a destination.")]
    [TestCase("FROM a\nENV x", "(2,5): error ORC2020: ENV x has no value.")]
    [TestCase("FROM a\nENV x=a b c=d", "(2,9): error ORC2021: 'b' has no '='; ENV takes name=value.")]
    [TestCase("FROM a\nLABEL =x", "(2,7): error ORC2022: LABEL needs a name before '='.")]
    [TestCase("FROM a\nSHELL bash", "(2,1): error ORC2023: SHELL takes the JSON form only.")]
    [TestCase("FROM a\nHEALTHCHECK curl x", "(2,1): error ORC2024: HEALTHCHECK takes 'NONE', or 'CMD' and a command.")]
    [TestCase("FROM a b", "(1,1): error ORC2025: FROM takes '<image>' or '<image> AS <name>'.")]
    [TestCase("FROM", "(1,1): error ORC2025: FROM takes '<image>' or '<image> AS <name>'.")]
    [TestCase("FROM a AS 1b", "(1,11): error ORC2026: '1b' cannot name a stage.")]
    [TestCase("FROM a\nONBUILD ONBUILD RUN x", "(2,9): error ORC2027: ONBUILD cannot be a trigger of ONBUILD.")]
    [TestCase("FROM a\nONBUILD FROM b", "(2,9): error ORC2027: FROM cannot be a trigger of ONBUILD.")]
    [TestCase("FROM a\nRUN --mount=type=bind,from=$X true", "(2,5): error ORC2031: BuildKit expands no variables or quotes in 'from=$X'.")]
    [TestCase("FROM a\nCOPY --from=$X x y", "(2,6): error ORC2031: BuildKit expands no variables or quotes in 'from=$X'.")]
    [TestCase("FROM a\nRUN --mount=type=bind,sorce=x true", "(2,5): error ORC2030: '--mount' cannot be read: it knows no key 'sorce'; 'source' may be meant.")]
    [TestCase("FROM a\nRUN --mount=type=cash,target=x true", "(2,5): error ORC2030: '--mount' cannot be read: 'cash' is not one of bind, cache, tmpfs, secret, ssh.")]
    [TestCase("FROM a\nRUN --mount=type=secret true", "(2,5): error ORC2030: '--mount' cannot be read: a secret needs an id, a source or a target.")]
    [TestCase("FROM a\nRUN --mount=bind true", "(2,5): error ORC2030: '--mount' cannot be read: 'bind' must be key=value.")]
    [TestCase("FROM a\nCOPY ${x^} y", "(2,6): error ORC2032: '${x^}' cannot be expanded: the modifier '^' is not supported; use one of :- :+ :? - + ? # ## % %% / //.")]
    [TestCase("FROM ${x:?set-x}", "(1,6): error ORC2032: '${x:?set-x}' cannot be expanded: x: set-x.")]
    [TestCase("FROM scratch\nCOPY ${x:?set-x} y", "(2,6): error ORC2032: '${x:?set-x}' cannot be expanded: x: set-x.")]
    [TestCase("FROM $x", "(1,6): error ORC2033: The base '$x' is empty after its variables were expanded.")]
    [TestCase("FROM node:$x", "(1,6): error ORC2034: 'node:' is not an image reference, which 'node:$x' expands to.")]
    [TestCase("FROM a AS base\nFROM Base", "(2,6): error ORC2034: 'Base' is not an image reference. Did you mean 'base'?")]
    [TestCase("FROM --platform=$x a", "(1,6): error ORC2035: The platform '$x' is empty after its variables were expanded.")]
    [TestCase("FROM --platform=amd46 a", "(1,6): error ORC2056: 'amd46' is not a platform.")]
    [TestCase("ARG P=linux/\nFROM --platform=$P a", "(2,6): error ORC2056: 'linux/' is not a platform, which '$P' expands to.")]
    [TestCase("FROM a AS one\nCOPY --from=two x y\nFROM b AS two\nFROM one", "(2,6): error ORC2038: 'two' is this stage or a later one.")]
    [TestCase("FROM a AS one\nCOPY --from=1 x y\nFROM b\nFROM one", "(2,6): error ORC2039: There is no stage number 1 above; stages count from 0.")]
    [TestCase("FROM a AS one\nCOPY --from=two x y\nFROM b AS two\nRUN --mount=from=one true\nFROM c", "(2,6): error ORC2038: 'two' is this stage or a later one.", Description = "nobody needs them, but they go round in a circle")]
    [TestCase("FROM a AS one\nCOPY --from=0 x y\nFROM c", "(2,6): error ORC2039: There is no stage number 0 above; stages count from 0.")]
    [TestCase("FROM a AS one\nCOPY --from=2 x y\nFROM c", "(2,6): error ORC2039: There is no stage number 2 above; stages count from 0.")]
    [TestCase("FROM a AS one\nRUN --mount=from=ONE x", "(2,5): error ORC2038: 'ONE' is this stage or a later one.")]
    [TestCase("FROM a\nFROM b\nCOPY --from=1 x y", "(3,6): error ORC2039: There is no stage number 1 above; stages count from 0.")]
    [TestCase("FROM scratch\nADD --checksum=sha256:ab https://e.x/a https://e.x/b /c/", "(2,5): error ORC2047: '--checksum' is for an ADD of exactly one source, a URL or a git repository.")]
    [TestCase("FROM scratch\nADD --checksum=sha256:ab https://e.x/a local /c/", "(2,5): error ORC2047: '--checksum' is for an ADD of exactly one source, a URL or a git repository.")]
    [TestCase("FROM scratch\nADD --checksum=sha256:ab local /c", "(2,5): error ORC2047: '--checksum' is for an ADD of exactly one source, a URL or a git repository.")]
    [TestCase("FROM scratch\nADD --checksum=sha256:ab https://e.x/a /c", "(2,5): error ORC2048: 'sha256:ab' is not a checksum.")]
    [TestCase("FROM a\nCOPY https://x.io/y z", "(2,6): error ORC2040: COPY cannot take the remote source 'https://x.io/y'.")]
    public void Mistake_is_reported_where_it_is(string text, string expected) => Assert.That(Errors(text), Is.EqualTo(new[] { "Dockerfile" + expected }));

    [TestCase("FROM a AS one\nCOPY --from=two x y\nFROM b AS two\nFROM b")]
    [TestCase("FROM a AS one\nRUN --mount=from=two true\nFROM b AS two")]
    [TestCase("FROM a AS one\nCOPY --from=1 x y\nFROM b")]
    [TestCase("FROM a AS on\nONBUILD COPY --from=later x y\nFROM on AS one\nFROM b AS later")]
    [TestCase("FROM a AS one\nCOPY --from=two x y\nFROM b AS two\nFROM one", "context one", Description = "nothing of a replaced stage is planned")]
    public void A_later_stage_may_be_named_by_stages_that_are_not_built(string text, params string[] inputs) => Assert.That(Errors(text, inputs), Is.Empty);

    [Test]
    public void Many_warnings_are_no_mistakes() =>
        Assert.That(Errors("FROM a\n" + string.Concat(Enumerable.Range(0, 60).Select(number => $"ENV A{number}=1 \\\n\n  B{number}=2\n"))), Has.Length.EqualTo(60).And.All.Contain(": warning ORC2014"));

    [Test]
    public void All_mistakes_come_in_one_go() =>
        Assert.That(Errors("FROM a\nRNU x\nCOPY x\nENV\nFROM b c\nEXPOSE\n").Select(error => error[..15]), Is.EqualTo(new[] { "Dockerfile(2,1)", "Dockerfile(3,1)", "Dockerfile(4,1)", "Dockerfile(5,1)", "Dockerfile(6,1)" }));

    [Test]
    public void Mistake_before_a_heredoc_does_not_spill_into_its_lines() =>
        Assert.That(Errors("FROM a\nRUN --nope <<EOF\nx\nEOF\nRNU <<EOF\ny\nEOF\n"), Has.Length.EqualTo(2));

    [TestCase("nope", "Dockerfile(1,1): error ORC2036: There is no stage 'nope' to build. There is 'build', 'test'.")]
    [TestCase("bulid", "Dockerfile(1,1): error ORC2036: There is no stage 'bulid' to build. Did you mean 'build'?")]
    [TestCase("0", "Dockerfile(1,1): error ORC2037: The target '0' is a number, which BuildKit does not accept.")]
    public void Wrong_target_is_reported(string target, string expected) =>
        Assert.That(Errors("FROM a AS build\nFROM b AS test\n", "target " + target), Is.EqualTo(new[] { expected }));

    [Test]
    public void Other_encodings_are_refused_with_their_place()
    {
        var diagnostics = new DiagnosticBag();
        byte[] bytes = [.. "FROM a\nENV é="u8, 0xE9, .. "\n"u8];
        Assert.That(DockerfileReader.Read("Dockerfile", bytes, diagnostics), Is.Null);
        Assert.That($"{diagnostics.Items.Single()}", Is.EqualTo("Dockerfile(2,7): error ORC2001: The Dockerfile is not UTF-8 from here on."));
    }

    [Test]
    public void Trigger_that_is_no_instruction_is_reported_at_the_base()
    {
        var errors = Errors("FROM a\n", "trigger a ONBUILD RUN x");
        Assert.That(errors, Has.Some.Contain("Dockerfile(1,6): error ORC2028"));
    }

    [Test]
    public void Blank_continuation_line_is_a_warning()
    {
        var diagnostics = new DiagnosticBag();
        DockerfileReader.Read("Dockerfile", "FROM a\nRUN x \\\n\n  && y\n", diagnostics);
        Assert.That($"{diagnostics.Items.Single()}", Is.EqualTo("Dockerfile(3,1): warning ORC2014: A blank line inside an instruction is deprecated; remove it or begin it with '#'."));
    }

    [Test]
    public void Longer_line_than_BuildKit_reads_is_refused()
    {
        Assert.That(Errors("FROM a\nRUN " + new string('x', 65_531)), Is.Empty);
        Assert.That(Errors("FROM a\nRUN " + new string('x', 65_532)).Single(), Does.StartWith("Dockerfile(2,1): error ORC2013"));
    }

    private static string[] Errors(string text, params string[] inputs)
    {
        var diagnostics = new DiagnosticBag();
        var document = DockerfileReader.Read("Dockerfile", text, diagnostics);
        if (document is not null && !diagnostics.HasErrors)
        {
            StageResolver.Resolve(document, CaseInputs.Parse(inputs), diagnostics);
        }

        return [.. diagnostics.Items.Select(item => item.ToString())];
    }
}
