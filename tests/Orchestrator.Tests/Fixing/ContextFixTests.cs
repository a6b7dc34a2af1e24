using Orchestrator.Fixing;

namespace Orchestrator.Tests.Fixing;

/// <summary>Larger contexts, declared in files of every layout, and sources rewritten in their tokens.</summary>
internal sealed class ContextFixTests : FixFixture
{
    private const string Graph = "images:\n  api: services/api\n";

    [TestCase("services:\n  api:\n    build: ./services/api # ours\n", "services:\n  api:\n    build: { context: ., dockerfile: services/api/Dockerfile } # ours\n", TestName = "Short_form")]
    [TestCase("services: { api: { build: './services/api' } }\n", "services: { api: { build: { context: ., dockerfile: services/api/Dockerfile } } }\n", TestName = "Short_form_in_brackets")]
    [TestCase(
        "services:\n  api:\n    build:\n      # where\n      context: \"./services/api\"   # here\n      args: [A=1]\n",
        "services:\n  api:\n    build:\n      # where\n      context: \".\"   # here\n      dockerfile: services/api/Dockerfile\n      args: [A=1]\n",
        TestName = "Long_form_with_comments_and_quotes")]
    [TestCase(
        "services:\n  api:\n    build: { args: [A=1], context: services/api }\n",
        "services:\n  api:\n    build: { args: [A=1], context: ., dockerfile: services/api/Dockerfile }\n",
        TestName = "Long_form_in_brackets")]
    [TestCase(
        "services:\n  api:\n    build:\n      dockerfile: 'Dockerfile' # d\n      context: services/api\n",
        "services:\n  api:\n    build:\n      dockerfile: 'services/api/Dockerfile' # d\n      context: .\n",
        TestName = "With_a_Dockerfile")]
    [TestCase("services:\r\n  api:\r\n    build:\r\n      context: services/api\r\n", "services:\r\n  api:\r\n    build:\r\n      context: .\r\n      dockerfile: services/api/Dockerfile\r\n", TestName = "Windows_line_ends_of_Compose")]
    [TestCase(
        "x-build: &b\n  context: services/api # once\nservices:\n  api: { build: *b }\n  beat:\n    build:\n      <<: *b\n",
        "x-build: &b\n  context: . # once\n  dockerfile: services/api/Dockerfile\nservices:\n  api: { build: *b }\n  beat:\n    build:\n      <<: *b\n",
        TestName = "An_anchor_that_all_share")]
    [TestCase(
        "services:\n  api: { build: services/api }\n  beat:\n    build:\n      context: services/api\n",
        "services:\n  api: { build: { context: ., dockerfile: services/api/Dockerfile } }\n  beat:\n    build:\n      context: .\n      dockerfile: services/api/Dockerfile\n",
        TestName = "Services_that_are_one_build")]
    [TestCase("services:\n  api: { build: services/api }\n  beat: { extends: api, image: b }\n", "services:\n  api: { build: { context: ., dockerfile: services/api/Dockerfile } }\n  beat: { extends: api, image: b }\n", TestName = "A_service_that_another_extends")]
    public void The_context_is_changed_where_it_is_declared(string compose, string expected)
    {
        Write("compose.yml", compose);

        Assert.That(Fix(FixWay.Context, "compose.yml"), Is.EquivalentTo(["compose.yml", "services/api/Dockerfile"]), string.Join('\n', Left));
        Assert.That(Text("compose.yml"), Is.EqualTo(expected));
        Assert.That(Text("services/api/Dockerfile"), Is.EqualTo("FROM scratch\nCOPY shared/ ./shared/\nCOPY services/api/src/ ./src/\n"));
    }

    [TestCase("images:\n  api: services/api # a\n", "images:\n  api: { context: ., dockerfile: services/api/Dockerfile } # a\n")]
    [TestCase("images:\n  api:\n    image: x\n    context: services/api\n", "images:\n  api:\n    image: x\n    context: .\n    dockerfile: services/api/Dockerfile\n")]
    public void Images_of_a_graph_file_are_changed_likewise(string yaml, string expected)
    {
        Write("images.yml", yaml);

        Fix(FixWay.Context);

        Assert.That(Text("images.yml"), Is.EqualTo(expected));
    }

    [TestCase("COPY ../shared/f src/f /x/", "COPY shared/f services/api/src/f /x/")]
    [TestCase("copy --chown=1:1 --link ../shared  ./src/f   /x/  ", "copy --chown=1:1 --link shared  services/api/src/f   /x/  ")]
    [TestCase("COPY . /x\nCOPY ../shared /y", "COPY services/api /x\nCOPY shared /y")]
    [TestCase("COPY ./ /x\nCOPY / /z\nCOPY ../shared /y", "COPY services/api /x\nCOPY services/api /z\nCOPY shared /y")]
    [TestCase("COPY /src/f* ../shared/ /y/", "COPY services/api/src/f* shared/ /y/")]
    [TestCase("COPY [\"../shared/\", \"src/f\", \"/a b\"]", "COPY [\"shared/\", \"services/api/src/f\", \"/a b\"]")]
    [TestCase("COPY ../shared/f \\\n  # between\n  src/f \\\n  /x/", "COPY shared/f \\\n  # between\n  services/api/src/f \\\n  /x/")]
    [TestCase("COPY --from=busybox ../bin/sh /sh\nCOPY ../shared /y", "COPY --from=busybox ../bin/sh /sh\nCOPY shared /y")]
    [TestCase("COPY <<EOF ../shared/f /y/\nsrc/f ../shared\nEOF\nADD https://example.com/f src/f /z/", "COPY <<EOF shared/f /y/\nsrc/f ../shared\nEOF\nADD https://example.com/f services/api/src/f /z/")]
    [TestCase("RUN --mount=type=bind,source=../shared,target=/s --mount=src=src,dst=/t --mount=target=/c cp /s/f /", "RUN --mount=type=bind,source=shared,target=/s --mount=src=services/api/src,dst=/t --mount=target=/c,source=services/api cp /s/f /")]
    [TestCase("RUN --mount=type=cache,target=/s --mount=from=busybox,source=/bin,target=/b true\nCOPY ../shared /y", "RUN --mount=type=cache,target=/s --mount=from=busybox,source=/bin,target=/b true\nCOPY shared /y")]
    [TestCase("ARG D=src\nCOPY $D/f /x\nCOPY ./${D} /z\nCOPY ../shared /y", "ARG D=src\nCOPY services/api/$D/f /x\nCOPY services/api/${D} /z\nCOPY shared /y")]
    [TestCase("ARG D=shared\nCOPY ../$D/f /x", "ARG D=shared\nCOPY $D/f /x")]
    [TestCase("COPY \"src/f\" ../shared/f /x/", "COPY services/api/\"src/f\" shared/f /x/")]
    [TestCase("COPY src/../src/f ./../shared/../shared/f /x/", "COPY services/api/src/f shared/f /x/")]
    [TestCase("COPY ../shared/* /x/\nCOPY ../shared/f /y", "COPY shared/* /x/\nCOPY shared/f /y")]
    [TestCase("COPY ../src/f /x\nCOPY ../shared /y", "COPY services/api/src/f /x\nCOPY shared /y")]
    [TestCase("ADD src /z\nFROM scratch\nRUN echo COPY ../shared src/ # COPY src/ /\nCOPY ../shared /y", "ADD services/api/src /z\nFROM scratch\nRUN echo COPY ../shared src/ # COPY src/ /\nCOPY shared /y")]
    public void Sources_are_rewritten_in_their_tokens(string instructions, string expected)
    {
        Dockerfile("api", instructions);
        Write("images.yml", Graph);

        Assert.That(Fix(FixWay.Context), Is.Not.Empty, string.Join('\n', Left));
        Assert.That(Text("services/api/Dockerfile"), Is.EqualTo("FROM scratch\n" + expected));
        Assert.That(Left, Is.Empty);
    }

    [Test]
    public void Line_ends_and_a_byte_order_mark_stay()
    {
        Write("services/api/Dockerfile", "\uFEFF# syntax=docker/dockerfile:1\r\nFROM scratch\r\nCOPY ../shared/ \\\r\n  src/ ./\r\n");
        Write("images.yml", Graph);

        Fix(FixWay.Context);

        Assert.That(File.ReadAllBytes(Path.Join(Root, "services/api/Dockerfile")), Is.EqualTo("\uFEFF# syntax=docker/dockerfile:1\r\nFROM scratch\r\nCOPY shared/ \\\r\n  services/api/src/ ./\r\n"u8.ToArray()));
    }

    [Test]
    public void The_context_is_the_nearest_folder_that_holds_all()
    {
        Write("services/common/f");
        Dockerfile("api", "COPY ../common /c\nCOPY src /s\n");
        Write("services/compose.yml", "services:\n  api:\n    build: ./api\n");

        Fix(FixWay.Context, "services/compose.yml");

        Assert.That(Text("services/compose.yml"), Is.EqualTo("services:\n  api:\n    build: { context: ., dockerfile: api/Dockerfile }\n"));
        Assert.That(Text("services/api/Dockerfile"), Is.EqualTo("FROM scratch\nCOPY common /c\nCOPY api/src /s\n"));
    }

    [Test]
    public void All_images_of_a_Dockerfile_move_together()
    {
        Write("services/api/Dockerfile", "FROM scratch AS base\nCOPY src /s\nFROM base AS last\nCOPY ../shared /y\n");
        Write("images.yml", "images:\n  api: services/api\n  base:\n    context: services/api\n    target: base\n");

        Fix(FixWay.Context, wanted: "api");

        Assert.That(Text("images.yml"), Is.EqualTo(
            "images:\n  api: { context: ., dockerfile: services/api/Dockerfile }\n  base:\n    context: .\n    dockerfile: services/api/Dockerfile\n    target: base\n"));
    }

    [TestCase("COPY --parents src/f ../shared/f /x/\n", "(2,6) 'COPY --parents src/f ../shared/f /x/' cannot be rewritten for a larger context: '--parents' means something else in front of longer paths.", TestName = "Parents")]
    [TestCase("ONBUILD COPY src/f /x/\nCOPY ../shared /y\n", "(2,1) 'ONBUILD COPY src/f /x/' cannot be rewritten for a larger context: it is run in the context of those that are built from this image.", TestName = "Onbuild")]
    [TestCase("ARG D=../x\nCOPY src/$D/src/f /x\nCOPY ../shared /y\n", "(3,6) 'src/$D/src/f' cannot be rewritten for a larger context: it is made with a variable, quotes or escapes that may lead anywhere.", TestName = "A_variable_that_goes_up")]
    [TestCase("ARG D=../shared\nCOPY $D /x\n", "(3,6) '$D' cannot be rewritten for a larger context: it is made with a variable, quotes or escapes that may lead anywhere.", TestName = "A_variable_that_leaves")]
    [TestCase("COPY \"../shared\" /x\n", "(2,6) '\"../shared\"' cannot be rewritten for a larger context: it is made with a variable, quotes or escapes that may lead anywhere.", TestName = "Quotes")]
    [TestCase("COPY ../sha\\\nred /x\n", "(2,6) '../shared' cannot be rewritten for a larger context: it is torn apart by the end of a line.", TestName = "A_torn_token")]
    [TestCase("RUN --mount=type=bind,source=../shared,target=\"/s\" true\n", "(2,5) '--mount=type=bind,source=../shared,target=\"/s\"' cannot be rewritten for a larger context: quotes, escapes and variables of its type are not followed there.", TestName = "A_mount_in_quotes")]
    [TestCase("COPY ../shared /y\nFROM scratch AS other\nARG V\nCOPY $V /z\nFROM scratch\nCOPY ../shared /q\n", "(5,6) '$V' cannot be rewritten for a larger context: what its variables are cannot be told.", TestName = "A_variable_of_a_stage_that_nothing_builds")]
    public void What_cannot_be_rewritten_safely_is_said_and_the_Dockerfile_stays(string instructions, string finding)
    {
        Dockerfile("api", instructions);
        Write("images.yml", "images:\n  api: services/api\n  worker: services/worker\n");
        var before = Text("services/api/Dockerfile");

        Assert.That(Fix(FixWay.Context), Is.EquivalentTo(["images.yml", "services/worker/Dockerfile"]));
        Assert.That(Left, Is.EqualTo([$"ORC2050 services/api/Dockerfile{finding} The Dockerfile and its images stay as they are."]));
        Assert.That(Text("services/api/Dockerfile"), Is.EqualTo(before));
        Assert.That(Text("images.yml"), Does.StartWith("images:\n  api: services/api\n  worker: { context: ., dockerfile: services/worker/Dockerfile }\n"));
    }

    [TestCase("images:\n  api: services/api\n  other: { context: services/worker, dockerfile: ../api/Dockerfile }\n", "ORC2051 services/api/Dockerfile(2,6) 'Dockerfile' is built with different contexts (services/api, services/worker), so its sources cannot be written for one of them.", TestName = "Several_contexts")]
    [TestCase("images:\n  api: { context: services/api, overlay: { x: shared } }\n", "ORC2050 services/api/Dockerfile(2,6) '../shared/' cannot be rewritten for a larger context: its images have an overlay, which is relative to the context they have (images.yml(2,47)). The Dockerfile and its images stay as they are.", TestName = "An_overlay")]
    [TestCase("images:\n  api: { context: \"${S:-services}/api\" }\n", "ORC1110 images.yml(2,19) 'api' cannot be changed here: it is made with a variable. What it needs is: context: ., dockerfile: services/api/Dockerfile", TestName = "A_context_made_with_a_variable")]
    [TestCase("x-a: &a { context: services/api }\nimages:\n  api: *a\n  other: { <<: *a, dockerfile: ../worker/Dockerfile }\n", "ORC1110 images.yml(1,20) 'api' cannot be changed here: others share it by an anchor. What it needs is: context: ., dockerfile: services/api/Dockerfile", TestName = "An_anchor_that_others_share")]
    [TestCase("images:\n  api:\n    context: >-\n      services/api\n", "ORC1110 images.yml(3,14) 'api' cannot be changed here: it is not a text on one line. What it needs is: context: ., dockerfile: services/api/Dockerfile", TestName = "A_folded_context")]
    [TestCase("images:\n  api:\n    context: services/api\n    dockerfile_inline: |\n      FROM scratch\n      COPY ../shared /s\n", "ORC2050 images.yml(2,6) '../shared' cannot be rewritten for a larger context: the Dockerfile is written in another file. The Dockerfile and its images stay as they are.", TestName = "An_inline_Dockerfile")]
    public void What_cannot_be_declared_otherwise_is_said_and_nothing_changes(string yaml, string finding)
    {
        Write("services/worker/Dockerfile", "FROM scratch\n");
        Write("images.yml", yaml);

        Assert.That(Fix(FixWay.Context), Is.Empty);
        Assert.That(Left, Is.EqualTo([finding]));
        Assert.That(Text("images.yml"), Is.EqualTo(yaml));
    }

    [TestCase("/data")]
    [TestCase("../data")]
    public void A_link_that_is_followed_from_the_top_of_the_context_is_said(string target)
    {
        Write("services/api/data/f");
        Directory.CreateSymbolicLink(Path.Join(Root, "services/api/link"), target);
        Dockerfile("api", "COPY link/f /x\nCOPY ../shared /y\n");
        Write("images.yml", Graph);

        Assert.That(Fix(FixWay.Context), Is.Empty);
        Assert.That(Left, Has.Count.EqualTo(1).And.Some.Contains("(2,6) 'link/f' cannot be rewritten for a larger context: a link on the way leads elsewhere"));
    }

    [Test]
    public void A_Dockerfile_that_links_lead_to_from_several_contexts_is_said()
    {
        File.Delete(Path.Join(Root, "services/worker/Dockerfile"));
        File.CreateSymbolicLink(Path.Join(Root, "services/worker/Dockerfile"), "../api/Dockerfile");
        Write("images.yml", "images:\n  api: services/api\n  worker: services/worker\n");

        Assert.That(Fix(FixWay.Context), Is.Empty);
        Assert.That(Left, Has.Count.EqualTo(1).And.Some.StartsWith("ORC2051 services/api/Dockerfile(2,6) 'Dockerfile' is built with different contexts (services/api, services/worker)"));
    }

    [Test]
    public void What_an_onbuild_of_a_base_takes_is_said()
    {
        Write("base/Dockerfile", "FROM scratch\nONBUILD COPY src /s\n");
        Write("services/api/Dockerfile", "FROM base\nCOPY ../shared /y\n");
        Write("images.yml", "images:\n  base: base\n  api: services/api\n");

        Assert.That(Fix(FixWay.Context), Is.Empty);
        Assert.That(Left, Has.Count.EqualTo(1).And.Some.Contains("a base's ONBUILD takes it from the context of what is built here"));
    }
}
