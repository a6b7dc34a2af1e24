using Orchestrator.Fixing;

namespace Orchestrator.Tests.Fixing;

/// <summary><c>overlay</c> written into graph files of every layout; whatever else stands in them stays.</summary>
internal sealed class OverlayFixTests : FixFixture
{
    [TestCase("images:\n  api: services/api   # ours\n", "images:\n  api: { context: services/api, overlay: { shared: shared } }   # ours\n", TestName = "Short_form")]
    [TestCase("images:\n  api: \"services/api\"\n", "images:\n  api: { context: \"services/api\", overlay: { shared: shared } }\n", TestName = "Short_form_in_quotes")]
    [TestCase(
        "images:\n  # first\n  api:\n    context: services/api # here\n    # last\n\n  worker: services/api\n",
        "images:\n  # first\n  api:\n    context: services/api # here\n    overlay: { shared: shared }\n    # last\n\n  worker: { context: services/api, overlay: { shared: shared } }\n",
        TestName = "Block_form_with_comments")]
    [TestCase("images: { api: { context: services/api } } # all\n", "images: { api: { context: services/api, overlay: { shared: shared } } } # all\n", TestName = "Brackets")]
    [TestCase("images: {\n  api: {\n    context: services/api, # }\n  },\n}\n", "images: {\n  api: {\n    context: services/api, overlay: { shared: shared }, # }\n  },\n}\n", TestName = "Brackets_over_lines")]
    [TestCase("images:\n  api: { context: services/api, overlay: {} }\n", "images:\n  api: { context: services/api, overlay: { shared: shared } }\n", TestName = "Empty_brackets")]
    [TestCase("images:\n  api: { context: services/api, overlay: { x: shared/f } }\n", "images:\n  api: { context: services/api, overlay: { x: shared/f, shared: shared } }\n", TestName = "Overlay_in_brackets")]
    [TestCase(
        "images:\n  api:\n    overlay:\n      x: shared/f # x\n    context: services/api\n",
        "images:\n  api:\n    overlay:\n      x: shared/f # x\n      shared: shared\n    context: services/api\n",
        TestName = "Overlay_in_block_form")]
    [TestCase("images:\n  api:\n    overlay:\n    context: services/api\n", "images:\n  api:\n    overlay:\n      shared: shared\n    context: services/api\n", TestName = "Overlay_without_a_value")]
    [TestCase(
        "images:\n  api:\n    overlay:\n    - x=shared/f\n    context: services/api\n",
        "images:\n  api:\n    overlay:\n    - x=shared/f\n    - shared=shared\n    context: services/api\n",
        TestName = "Overlay_as_a_list")]
    [TestCase("images:\n  api: { context: services/api, overlay: [x=shared/f] }\n", "images:\n  api: { context: services/api, overlay: [x=shared/f, shared=shared] }\n", TestName = "Overlay_as_a_list_in_brackets")]
    [TestCase("images:\r\n  api:\r\n    context: services/api\r\n", "images:\r\n  api:\r\n    context: services/api\r\n    overlay: { shared: shared }\r\n", TestName = "Windows_line_ends")]
    [TestCase("images:\n  api:\n    context: services/api", "images:\n  api:\n    context: services/api\n    overlay: { shared: shared }", TestName = "No_line_end_at_the_end")]
    [TestCase("\uFEFFimages:\n  api: services/api\n", "\uFEFFimages:\n  api: { context: services/api, overlay: { shared: shared } }\n", TestName = "Byte_order_mark")]
    [TestCase(
        "images:\n    api:\n            context: services/api\n            labels:\n                text: |\n                    one\n                    two\n\n\n    worker: services/api\n",
        "images:\n    api:\n            context: services/api\n            labels:\n                text: |\n                    one\n                    two\n            overlay: { shared: shared }\n\n\n    worker: { context: services/api, overlay: { shared: shared } }\n",
        TestName = "Behind_a_block_of_lines")]
    [TestCase(
        "x-build: &b\n  no_cache: true\nimages:\n  api:\n    <<: *b\n    context: services/api\n",
        "x-build: &b\n  no_cache: true\nimages:\n  api:\n    <<: *b\n    context: services/api\n    overlay: { shared: shared }\n",
        TestName = "A_mapping_with_a_merge_key")]
    public void An_image_of_the_graph_file_gets_an_overlay_in_its_own_layout(string yaml, string expected)
    {
        Write("images.yml", yaml);

        Assert.That(Fix(FixWay.Overlay), Is.EqualTo(["images.yml"]), string.Join('\n', Left));
        Assert.That(Text("images.yml"), Is.EqualTo(expected.TrimStart('\uFEFF')));
        Assert.That(File.ReadAllBytes(GraphFile)[0] == 0xEF, Is.EqualTo(expected[0] == '\uFEFF'));
        Assert.That(Left, Is.Empty);
    }

    private const string Compose = "services:\n  api:\n    build: services/api\n  worker: { build: services/worker }\n";

    [TestCase("compose: compose.yml # all\n", "compose: compose.yml # all\n\nimages:\n  api: { overlay: { shared: shared } }\n  worker: { overlay: { shared: shared } }\n", TestName = "Without_images")]
    [TestCase("compose: compose.yml", "compose: compose.yml\n\nimages:\n  api: { overlay: { shared: shared } }\n  worker: { overlay: { shared: shared } }\n", TestName = "Without_images_and_line_end")]
    [TestCase("images: # ours\ncompose: compose.yml\n", "images: # ours\n  api: { overlay: { shared: shared } }\n  worker: { overlay: { shared: shared } }\ncompose: compose.yml\n", TestName = "Empty_images")]
    [TestCase("images: {}\ncompose: compose.yml\n", "images: { api: { overlay: { shared: shared } }, worker: { overlay: { shared: shared } } }\ncompose: compose.yml\n", TestName = "Empty_images_in_brackets")]
    [TestCase(
        "images:\n  api:\n    tags: [a]\n# end\ncompose: compose.yml\n",
        "images:\n  api:\n    tags: [a]\n    overlay: { shared: shared }\n  worker: { overlay: { shared: shared } }\n# end\ncompose: compose.yml\n",
        TestName = "One_is_there_and_the_last")]
    [TestCase("compose: compose.yml\nimages: { worker: { tags: [a] } }\n", "compose: compose.yml\nimages: { worker: { tags: [a], overlay: { shared: shared } }, api: { overlay: { shared: shared } } }\n", TestName = "One_is_there_in_brackets")]
    public void A_service_gets_an_entry_that_lies_over_it(string yaml, string expected)
    {
        Write("compose.yml", Compose);
        Write("images.yml", yaml);

        Assert.That(Fix(FixWay.Overlay), Is.EqualTo(["images.yml"]), string.Join('\n', Left));
        Assert.That(Text("images.yml"), Is.EqualTo(expected));
        Assert.That(Text("compose.yml"), Is.EqualTo(Compose));
    }

    [TestCase("compose.yml")]
    [TestCase("stack.yml")]
    public void A_Compose_project_alone_gets_a_graph_file(string file)
    {
        Write("compose.yml", "name: shop\n" + Compose);
        Write("stack.yml", "name: shop\ninclude: [compose.yml]\n");

        Assert.That(Fix(FixWay.Overlay, file), Is.EqualTo(["images.yml"]));
        Assert.That(Text("images.yml"), Is.EqualTo(
            $"name: shop\ncompose: {file}\n\n# path in the context: path in the repository\nimages:\n  api: {{ overlay: {{ shared: shared }} }}\n  worker: {{ overlay: {{ shared: shared }} }}\n"));
    }

    /// <summary>What images.yml names is built whatever profiles are active.</summary>
    [Test]
    public void An_entry_that_activates_a_service_is_said()
    {
        Write("compose.yml", "services:\n  api: { build: services/api }\n  worker: { build: services/worker, profiles: [jobs] }\n");
        Environment["COMPOSE_PROFILES"] = "jobs";

        Assert.That(Fix(FixWay.Overlay, "compose.yml"), Is.EqualTo(["images.yml"]));
        Assert.That(Left, Is.EqualTo(["ORC1114 compose.yml(3,3) 'worker' is a service of the profile 'jobs'; with its entry under 'images' it is built whatever profiles are active."]));
    }

    [Test]
    public void Services_that_are_one_build_stay_one_build()
    {
        Write("compose.yml", "services:\n  api: { build: services/api }\n  beat: { build: services/api }\n");

        Fix(FixWay.Overlay, "compose.yml");

        Assert.That(Text("images.yml"), Does.EndWith("  api: { overlay: { shared: shared } }\n  beat: { overlay: { shared: shared } }\n"));
        Assert.That(Valid(Text("images.yml")).Images, Has.Count.EqualTo(1));
    }

    [Test]
    public void Only_the_wanted_images_change()
    {
        Write("images.yml", "images:\n  api: services/api\n  worker: services/worker\n");

        Fix(FixWay.Overlay, wanted: "worker");

        Assert.That(Text("images.yml"), Is.EqualTo("images:\n  api: services/api\n  worker: { context: services/worker, overlay: { shared: shared } }\n"));
    }

    /// <summary>An overlay hides what the context has at its place.</summary>
    [Test]
    public void What_is_laid_is_the_highest_folder_that_the_context_does_not_have()
    {
        Write("libs/common/io/f");
        Write("services/api/libs/own/f");
        Dockerfile("api", "COPY ../../libs/common/io/ /io/\n");
        Write("images.yml", "images:\n  api: services/api\n");

        Fix(FixWay.Overlay);

        Assert.That(Text("images.yml"), Is.EqualTo("images:\n  api: { context: services/api, overlay: { libs/common: libs/common } }\n"));
    }

    [Test]
    public void Paths_that_YAML_would_take_for_something_else_are_quoted()
    {
        Write("a b, c/f");
        Dockerfile("api", "COPY [\"../../a b, c/f\", \"/f\"]\n");
        Write("images.yml", "images:\n  api: services/api\n");

        Fix(FixWay.Overlay);

        Assert.That(Text("images.yml"), Is.EqualTo("images:\n  api: { context: services/api, overlay: { \"a b, c\": \"a b, c\" } }\n"));
    }

    [Test]
    public void Targets_of_one_image_share_its_overlay()
    {
        Write("tools/f");
        Write("services/api/Dockerfile", "FROM scratch AS dev\nCOPY ../tools /t\nFROM scratch AS prod\nCOPY ../shared /s\n");
        Write("images.yml", "images:\n  api:\n    context: services/api\n    targets: { dev: { tag: dev }, prod: }\n");

        Fix(FixWay.Overlay);

        Assert.That(Text("images.yml"), Does.EndWith("    targets: { dev: { tag: dev }, prod: }\n    overlay: { shared: shared, tools: tools }\n"));
    }

    [Test]
    public void Images_of_an_included_graph_file_are_changed_there()
    {
        Write("services/images.yml", "images:\n  api: api\n");
        Write("images.yml", "include: [services/images.yml]\n");

        Assert.That(Fix(FixWay.Overlay), Is.EqualTo(["services/images.yml"]), string.Join('\n', Left));
        Assert.That(Text("services/images.yml"), Is.EqualTo("images:\n  api: { context: api, overlay: { shared: ../shared } }\n"));
    }

    [TestCase("x-a: &a { context: services/api }\nimages:\n  api: *a\n", "ORC1110 images.yml(3,3) 'api' cannot be changed here: an anchor stands for it, which others may share. What it needs is: overlay: { shared: shared }", TestName = "An_alias_is_left")]
    [TestCase(
        "x-a: &a { overlay: { x: shared/f } }\nimages:\n  api: { <<: *a, context: services/api }\n",
        "ORC1110 images.yml(3,3) 'api' cannot be changed here: an anchor stands for its overlay, which others may share. What it needs is: overlay: { shared: shared }",
        TestName = "An_overlay_of_an_anchor_is_left")]
    [TestCase("images:\n  worker: { context: services/worker, overlay: { shared: services } }\n", "ORC2053 services/worker/Dockerfile(2,6) '../shared/f' would need 'ROOT/shared/f' at the place 'shared/f' in the context, where there is something else already: an overlay, or a file of the context.", TestName = "Another_overlay_is_in_the_way")]
    public void What_cannot_be_changed_is_said_and_left(string yaml, string finding)
    {
        Dockerfile("worker", "COPY ../shared/f /\n");
        Write("images.yml", yaml);

        Assert.That(Fix(FixWay.Overlay), Is.Empty);
        Assert.That(Left.Select(text => text.Replace("ROOT/", "", StringComparison.Ordinal)), Is.EqualTo([finding.Replace("ROOT/", "", StringComparison.Ordinal)]));
    }

    [Test]
    public void What_is_nowhere_is_said_and_the_rest_is_laid()
    {
        Dockerfile("api", "COPY ../shared/ ./shared/\nCOPY ../gone/ ./gone/\n");
        Write("images.yml", "images:\n  api: services/api\n");

        Assert.That(Fix(FixWay.Overlay), Is.EqualTo(["images.yml"]));
        Assert.That(Left, Has.Count.EqualTo(1).And.Some.StartsWith("ORC2046 services/api/Dockerfile(3,6) '../gone/' leaves"));
    }

    [Test]
    public void A_graph_file_beside_the_Compose_file_that_was_named_is_not_overwritten()
    {
        Write("compose.yml", Compose);
        Write("images.yaml", "compose: compose.yml\n");

        Assert.That(Fix(FixWay.Overlay, "compose.yml"), Is.Empty);
        Assert.That(Left, Is.EqualTo(["ORC1112 images.yaml The graph is 'compose.yml', but this file lies beside it, and it is where an overlay belongs."]));
    }

    [Test]
    public void An_entry_that_would_break_another_environment_is_not_proposed()
    {
        Write("compose.yml", Compose);
        Write("images.yml", "environments:\n  dev: { compose: compose.yml }\n  ci: { compose: ci.yml }\n");
        Write("ci.yml", "services:\n  other: { build: services/worker }\n");
        Environment.Clear();

        Assert.That(ProposeFor("dev").Files, Is.Empty);
        Assert.That(Left, Has.Count.EqualTo(1).And.Some.Contains("(environment ci)"));
    }

    private FixProposal ProposeFor(string environment) => Propose(FixWay.Overlay, "images.yml", environmentName: environment);
}
