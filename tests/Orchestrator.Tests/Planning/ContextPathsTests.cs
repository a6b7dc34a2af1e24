using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Planning;
using Orchestrator.Tests.Dockerfiles;

namespace Orchestrator.Tests.Planning;

/// <summary>The paths that a target asks of a context, as BuildKit's frontend asks (buildkit-wire 5.6). Null is everything.</summary>
internal sealed class ContextPathsTests
{
    private const string Everything = "(everything)";

    [TestCase("COPY a.txt /", "a.txt")]
    [TestCase("COPY /a.txt ./b.txt ../c.txt d/ /", "a.txt b.txt c.txt d")]
    [TestCase("COPY . /", Everything)]
    [TestCase("COPY / /", Everything)]
    [TestCase("COPY a/.. /", Everything)]
    [TestCase("COPY .. /", Everything)]
    [TestCase("COPY * /", "*")]
    [TestCase("COPY src/*.c [a-b]? /", "[a-b]? src/*.c")]
    [TestCase("COPY [\"with space.txt\", \"/\"]", "with space.txt")]
    [TestCase("ADD a.tar https://example.com/x.tar /", "a.tar")]
    [TestCase("ADD https://example.com/x.tar /", "")]
    [TestCase("COPY <<EOF /x\ntext\nEOF", "")]
    [TestCase("COPY <<EOF a.txt /x/\ntext\nEOF", "a.txt")]
    [TestCase("RUN make", "")]
    [TestCase("RUN --mount=type=bind,target=/ctx make", Everything)]
    [TestCase("RUN --mount=type=bind,source=src,target=/ctx make", "src")]
    [TestCase("RUN --mount=target=/ctx,source=/src/x make", "src/x")]
    [TestCase("RUN --mount=type=cache,target=/c make", "")]
    [TestCase("RUN --mount=type=secret,id=x make", "")]
    [TestCase("ENV D=src\nCOPY $D/a ${D}* /", "src* src/a")]
    [TestCase("ARG D=src\nCOPY $D /", "src")]
    [TestCase("COPY --from=debian /etc /", "")]
    [TestCase("COPY --exclude=*.log src /", "src")]
    [TestCase("COPY --parents src/./x /", "src/x")]
    [TestCase("COPY a /\nCOPY b /\nCOPY a /", "a b")]
    [TestCase("COPY $UNKNOWN/x /", Everything, Description = "the base may set it")]
    [TestCase("COPY a.txt /\nONBUILD COPY later /", "a.txt")]
    public void Of_the_main_context(string instructions, string expected) => Assert.That(Paths("FROM debian\n" + instructions, null), Is.EqualTo(expected));

    /// <summary>The frontend asks for it, and no instruction takes it.</summary>
    [TestCase("RUN --mount=type=tmpfs,target=/t make", new[] { "" })]
    [TestCase("RUN --mount=type=tmpfs,target=/t,source=x make", new[] { "x" })]
    [TestCase("RUN --mount=type=cache,target=/c make", new string[0])]
    [TestCase("RUN --mount=type=secret,id=x --mount=type=ssh make", new string[0])]
    [TestCase("ADD git@github.com:moby/buildkit.git https://github.com/moby/buildkit.git https://example.com/x /", new[] { "git@github.com:moby/buildkit.git" })]
    public void What_is_asked_for_without_need(string instruction, string[] expected)
    {
        var closure = Closure("FROM debian\nCOPY a /\n" + instruction);

        Assert.That(ContextPaths.Idle(closure), Is.EqualTo(expected));
        Assert.That(ContextPaths.Of(closure, null), Is.EqualTo(new[] { "a" }));
    }

    /// <summary>The frontend does not say then what it takes: another value than ours would show nowhere.</summary>
    [TestCase("ARG D=x\nCOPY ${D}* /", Everything)]
    [TestCase("ARG D=x\nCOPY $D /", Everything)]
    [TestCase("ARG D=x\nRUN --mount=source=$D,target=/c true", Everything)]
    [TestCase("ARG D=x\nCOPY x* $D", "x*")]
    [TestCase("ARG D=x\nCOPY --from=other $D /\nCOPY y /", "y")]
    public void Of_the_main_context_where_everything_is_asked_for(string instructions, string expected) =>
        Assert.That(Paths("FROM debian\nRUN --mount=type=tmpfs,target=/t true\n" + instructions, null, "base debian"), Is.EqualTo(expected));

    [TestCase("FROM debian AS base\nENV D=one\nARG D=two\nFROM base\nCOPY $D /", "one", Description = "what the image has is set once more")]
    [TestCase("FROM debian AS base\nENV D=one\nARG D=two\nCOPY $D /", "two")]
    [TestCase("FROM debian AS base\nENV D=one\nARG D=two\nFROM base\nARG D=three\nCOPY $D /", "three")]
    [TestCase("FROM debian AS base\nENV D=one\nARG D=two\nFROM base AS second\nARG D=three\nFROM second\nCOPY $D /", "one")]
    [TestCase("FROM debian AS base\nARG D=two\nFROM base\nCOPY $D /", "known", Description = "of the base image")]
    [TestCase("FROM debian AS base\nARG E=two\nFROM base\nCOPY $E /", "two")]
    [TestCase("FROM unknown AS base\nARG D=two\nFROM base\nCOPY $D /", Everything)]
    [TestCase("FROM unknown AS base\nENV D=one\nARG D=two\nFROM base\nCOPY $D /", "one")]
    public void By_the_variables_of_a_stage_that_is_built_from(string dockerfile, string expected) => Assert.That(Paths(dockerfile, null, "base debian D=known"), Is.EqualTo(expected));

    [TestCase("COPY gone /", "", "")]
    [TestCase("COPY --from=deps /d /d", "deps", "")]
    [TestCase("RUN --mount=type=bind,from=deps,target=/d true", "deps", "")]
    [TestCase("COPY --from=start /d /d", "debian", "seen")]
    [TestCase("COPY --from=0 /d /d", "debian", "seen")]
    [TestCase("COPY --from=later /d /d", "late", "below")]
    public void What_a_replaced_stage_would_have_taken_is_looked_at(string instruction, string image, string idle)
    {
        var closure = Closure($"FROM debian AS start\nCOPY seen /\nFROM busybox AS build\n{instruction}\nFROM alpine AS last\nCOPY --from=build /out /\nCOPY own /\nFROM late AS later\nCOPY below /", "context build", "target last");

        Assert.That(closure.ExternalImages.Select(use => use.Reference.Value).Except(["alpine", "build"]), Is.EqualTo(image.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(ContextPaths.Idle(closure), Is.EqualTo(idle.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(ContextPaths.Of(closure, null), Is.EqualTo(new[] { "own" }));
        Assert.That(closure.Stages.Select(stage => stage.Index), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void What_a_replaced_stage_starts_from_is_looked_at()
    {
        var closure = Closure("FROM debian AS start\nCOPY seen /\nFROM start AS build\nFROM alpine\nCOPY --from=build /out /", "context build");

        Assert.That(closure.ExternalImages.Select(use => use.Reference.Value), Is.EquivalentTo(new[] { "build", "alpine", "debian" }));
        Assert.That(ContextPaths.Idle(closure), Is.EqualTo(new[] { "seen" }));
    }

    /// <summary>Some engines run those of the image that takes its place, others those of the stage.</summary>
    [Test]
    public void Triggers_of_a_replaced_stage_and_of_its_replacement_both_count()
    {
        string[] inputs = ["context base", "trigger base COPY image /"];
        const string Stages = "FROM debian AS base\nONBUILD COPY stage /\nONBUILD ENV D=x\nFROM base\nCOPY own /\n";

        Assert.That(Paths(Stages, null, inputs), Is.EqualTo("image own stage"));
        Assert.That(Paths(Stages + "COPY $D /\n", null, inputs), Is.EqualTo(Everything), "no engine was asked which it runs");
    }

    [TestCase("FROM debian AS other\nCOPY other /\nFROM debian\nCOPY own /", "own", Description = "not needed")]
    [TestCase("FROM debian AS other\nCOPY other /\nFROM other\nCOPY own /", "other own")]
    [TestCase("FROM debian AS other\nCOPY other /\nFROM debian\nCOPY --from=other /x own /", "other", Description = "both from the stage")]
    [TestCase("FROM debian AS other\nONBUILD COPY trigger /\nFROM other\nCOPY own /", "own trigger")]
    [TestCase("FROM debian AS other\nCOPY other /\nFROM debian\nRUN --mount=from=other,target=/x make", "other")]
    public void Of_all_stages_that_are_needed(string dockerfile, string expected) => Assert.That(Paths(dockerfile, null), Is.EqualTo(expected));

    [TestCase("FROM debian\nCOPY --from=extra /a b /", "a b")]
    [TestCase("FROM debian\nCOPY --from=extra . /", Everything)]
    [TestCase("FROM debian\nCOPY a /", "")]
    [TestCase("FROM debian\nRUN --mount=from=extra,target=/x make", Everything)]
    [TestCase("FROM debian\nRUN --mount=from=extra,source=x,target=/x make", "x")]
    [TestCase("FROM extra\nCOPY a /", Everything)]
    [TestCase("FROM debian AS extra\nRUN true\nFROM debian\nCOPY --from=extra /a /", Everything, Description = "replaces the stage")]
    public void Of_a_named_context(string dockerfile, string expected) => Assert.That(Paths(dockerfile, "extra", "context extra"), Is.EqualTo(expected));

    [Test]
    public void What_a_named_context_gives_is_not_asked_of_the_main_one() =>
        Assert.That(Paths("FROM debian\nCOPY --from=extra a /\nCOPY b /", null, "context extra"), Is.EqualTo("b"));

    [Test]
    public void A_named_context_is_known_by_its_familiar_name() =>
        Assert.That(Paths("FROM debian\nCOPY --from=docker.io/library/alpine:latest a /", "alpine", "context alpine"), Is.EqualTo("a"));

    [Test]
    public void The_variables_of_a_known_base_take_part() =>
        Assert.That(Paths("FROM debian\nCOPY $DIR/x /", null, "base debian DIR=src"), Is.EqualTo("src/x"));

    [Test]
    public void The_triggers_of_a_known_base_take_part() =>
        Assert.That(Paths("FROM debian\nCOPY own /", null, "trigger debian COPY requirements.txt /"), Is.EqualTo("own requirements.txt"));

    private static string Paths(string dockerfile, string? context, params string[] inputs) =>
        ContextPaths.Of(Closure(dockerfile, inputs), context) is { } paths ? string.Join(' ', paths) : Everything;

    private static StageClosure Closure(string dockerfile, params string[] inputs)
    {
        var diagnostics = new DiagnosticBag();
        var document = DockerfileReader.Read("Dockerfile", Encoding.UTF8.GetBytes(dockerfile + "\n"), diagnostics)!;
        var closure = StageResolver.Resolve(document, CaseInputs.Parse(inputs), diagnostics);
        Assert.That(diagnostics.Items.Where(item => item.Severity == Severity.Error), Is.Empty);
        return closure!;
    }
}
