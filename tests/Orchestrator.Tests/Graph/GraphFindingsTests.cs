using Orchestrator.Graph.Reading;

namespace Orchestrator.Tests.Graph;

internal sealed class GraphFindingsTests : GraphFixture
{
    [Test]
    public void Everything_wrong_with_a_file_is_reported_in_the_order_of_its_lines()
    {
        Write("api/Dockerfile");
        Directory.CreateDirectory(Path.Combine(Root, "web"));
        Assert.That(Findings("""
            nmae: x
            registry: a b
            images:
              api:
                context: api
                dockerfle: x
                ports: [80]
                isolation: x
                labels: 5
                args: { A: $NONE }
              web:
                context: web
              Pose:
                context: pose
                build_after: [ap]
            """), Is.EqualTo(new[]
        {
            "ORC1020(1,1) 'nmae' is not a key of a graph file. Did you mean 'name'?",
            "ORC1024(2,11) 'a b' is not valid for 'registry': write a host, or a host and a path, such as ghcr.io/acme.",
            "ORC1020(6,5) 'dockerfle' is not a key of an image. Did you mean 'dockerfile'?",
            "ORC1022(7,5) 'ports' belongs to a Compose file: it does not concern building an image.",
            "ORC1021(8,5) 'isolation' is not supported yet.",
            "ORC1023(9,13) 'labels' must be a mapping or a list, but this is a text.",
            "ORC1050(10,16) The variable 'NONE' is not set; an empty text takes its place.",
            "ORC1041(11,3) The Dockerfile 'ROOT/web/Dockerfile' does not exist.",
            "ORC1031(13,3) 'Pose' cannot name an image.",
            "ORC1040(14,14) The directory 'ROOT/pose' does not exist.",
            "ORC1034(15,19) 'ap' names no image of this graph. Did you mean 'api'?",
        }));
    }

    [TestCase("dockerfile: Dockerfle", "ORC1041(4,17) The Dockerfile 'ROOT/api/Dockerfle' does not exist. Did you mean 'Dockerfile'?")]
    [TestCase("dockerfile: .", "ORC1041(4,17) The Dockerfile 'ROOT/api' does not exist. It is a directory.")]
    [TestCase("dockerfile: ''", "ORC1024(4,17) '' is not valid for 'dockerfile': it is empty.")]
    [TestCase("dockerfile:", "ORC1023(4,16) 'dockerfile' must be a text, but this is empty.")]
    [TestCase("dockerfile: ../../x", "ORC1042(4,17) 'OUT/x' lies outside the repository 'ROOT'.")]
    [TestCase("dockerfile: Dockerfile\ndockerfile_inline: FROM x", "ORC1025(5,5) 'dockerfile' and 'dockerfile_inline' cannot be used together.")]
    [TestCase("target: a\ntargets: { b: }", "ORC1025(5,5) 'target' and 'targets' cannot be used together.")]
    [TestCase("targets: {}", "ORC1024(4,5) '' is not valid for 'targets': it names no target.")]
    [TestCase("targets: { A: }", "ORC1031(4,16) 'A' cannot name a target.")]
    [TestCase("targets: { a: { tga: x } }", "ORC1020(4,21) 'tga' is not a key of a target. Did you mean 'tag'?")]
    [TestCase("image: Api", "ORC1032(4,12) 'Api' is not an image reference: Docker would refuse it.")]
    [TestCase("image: api:1\ntargets: { b: }", "ORC1024(4,12) 'api:1' is not valid for 'image': its targets bring the tags.")]
    [TestCase("image: Api\ntargets: { a: , b: }", "ORC1032(4,12) 'Api' is not an image reference: Docker would refuse it.")]
    [TestCase("targets: { a: { tag: 'x y' } }", "ORC1032(4,26) 'api:x y' is not an image reference: Docker would refuse it.")]
    [TestCase("tags: [':x']", "ORC1032(4,12) ':x' is not an image reference: Docker would refuse it.")]
    [TestCase("network: mine", "ORC1024(4,14) 'mine' is not valid for 'network': BuildKit knows default, none and host.")]
    [TestCase("shm_size: 64q", "ORC1024(4,15) '64q' is not valid for 'shm_size': write a number of bytes, or a size such as 64m or 2gb.")]
    [TestCase("extra_hosts: [nowhere]", "ORC1024(4,19) 'nowhere' is not valid for 'extra_hosts': write host=address.")]
    [TestCase("extra_hosts: ['a=b']", "ORC1024(4,19) 'a=b' is not valid for 'extra_hosts': 'b' is not an IP address; host-gateway alone stands for that of the engine's machine.")]
    [TestCase("extra_hosts: { a: 010.0.0.1 }", "ORC1024(4,23) 'a=010.0.0.1' is not valid for 'extra_hosts': '010.0.0.1' is not an IP address; host-gateway alone stands for that of the engine's machine.")]
    [TestCase("extra_hosts: ['a=1.2.3.4,host-gateway']", "ORC1024(4,19) 'a=1.2.3.4,host-gateway' is not valid for 'extra_hosts': 'host-gateway' is not an IP address; host-gateway alone stands for that of the engine's machine.")]
    [TestCase("ulimits: { nofile: many }", "ORC1024(4,24) 'nofile' is not valid for 'ulimits': write a number, or { soft: number, hard: number }.")]
    [TestCase("ulimits: { nofile: { soft: 1 } }", "ORC1024(4,24) 'nofile' is not valid for 'ulimits': write a number, or { soft: number, hard: number }.")]
    [TestCase("no_cache: perhaps", "ORC1024(4,15) 'perhaps' is not valid for 'no_cache': it must be true or false.")]
    [TestCase("args: ['=x']", "ORC1024(4,12) '=x' is not valid for 'args': the name is missing.")]
    [TestCase("args: [[x]]", "ORC1023(4,12) 'args' must be a list of texts, but this is a list.")]
    [TestCase("args: { A: [x] }", "ORC1023(4,16) 'A' must be a text, but this is a list.")]
    [TestCase("provenance: maybe", "ORC1024(4,17) 'maybe' is not valid for 'provenance': it must be true, false, mode=min or mode=max; other options are not supported yet.")]
    [TestCase("context_modes: drop", "ORC1024(4,20) 'drop' is not valid for 'context_modes': write keep, or leave the key out.")]
    [TestCase("sbom: maybe", "ORC1024(4,11) 'maybe' is not valid for 'sbom': it must be true, false or generator=REF, with the reference of an image.")]
    [TestCase("entitlements: [security.insecure]", "ORC1024(4,20) 'security.insecure' is not valid for 'entitlements': it must be network.host; others are not supported yet.")]
    [TestCase("annotations: [a]", "ORC1024(4,19) 'a' is not valid for 'annotations': write name=value.")]
    [TestCase("annotations: { 'layer:a': x }", "ORC1024(4,31) 'layer:a' is not valid for 'annotations': before its name may stand manifest:, index:, manifest-descriptor:.")]
    [TestCase("annotations: { 'index[linux/amd64]:a': x }", "ORC1024(4,44) 'index[linux/amd64]:a' is not valid for 'annotations': before its name may stand manifest:, index:, manifest-descriptor:.")]
    [TestCase("annotations: { 'index:a': x }", "ORC1049(4,31) 'index:a' annotates an index, but this image has none: it is an image alone.")]
    [TestCase("secrets: [x]", "ORC1062(4,15) 'x' is not declared under the top-level 'secrets:'.")]
    [TestCase("secrets: [{ env: X }]", "ORC1026(4,15) A secret needs 'id'.")]
    [TestCase("secrets: [{ id: x }]", "ORC1026(4,15) The secret 'x' needs 'file' or 'env'.")]
    [TestCase("secrets: [{ id: x, env: X, file: y }]", "ORC1025(4,29) 'file' and 'env' cannot be used together.")]
    [TestCase("secrets: [{ id: x, env: X, uid: 0 }]", "ORC1064(4,32) 'uid' of a secret has no effect on a build: the step that mounts the secret decides.")]
    [TestCase("secrets: [{ id: x, env: X, mode: 0400 }]", "ORC1064(4,32) 'mode' of a secret has no effect on a build: the step that mounts the secret decides.")]
    [TestCase("secrets: [{ id: x, file: ../x }]", "ORC1042(4,30) 'OUT/x' lies outside the repository 'ROOT'.")]
    [TestCase("build_after: [api]", "ORC1035(4,19) 'api' cannot be built after itself.")]
    [TestCase("additional_contexts: { a: nowhere }", "ORC1040(4,31) The directory 'ROOT/nowhere' does not exist.")]
    [TestCase("additional_contexts: [a]", "ORC1024(4,27) 'a' is not valid for 'additional_contexts': write name=value.")]
    [TestCase("additional_contexts: { a: 'image:appi' }", "ORC1034(4,31) 'appi' names no image of this graph. Did you mean 'api'?")]
    [TestCase("additional_contexts: { a: 'https://token:canary@x/y.git?canary#main' }", "ORC1043(4,31) 'https://***@x/y.git?***#main' is a remote context; those are not supported yet.")]
    [TestCase("sbom: generator=", "ORC1024(4,11) 'generator=' is not valid for 'sbom': it must be true, false or generator=REF, with the reference of an image.")]
    [TestCase("additional_contexts: { a: 'docker-image://Acme/Base:1' }", "ORC1032(4,31) 'Acme/Base:1' is not an image reference: Docker would refuse it.")]
    [TestCase("additional_contexts: { a: 'https://x/y.git' }", "ORC1043(4,31) 'https://x/y.git' is a remote context; those are not supported yet.")]
    public void Each_mistake_of_an_image_has_one_finding_at_its_place(string lines, string finding) =>
        Assert.That(FindingsOfImage(lines).Select(text => text.Replace($"'{Path.GetDirectoryName(Root)}/x", "'OUT/x", StringComparison.Ordinal)), Is.EqualTo(new[] { finding }));

    [TestCase("images:\n", "ORC1030(1,1) The graph has no images.")]
    [TestCase("name: x\n", "ORC1030(1,1) The graph has no images.")]
    [TestCase("images: [api]\n", "ORC1023(1,9) 'images' must be a mapping, but this is a list.", "ORC1030(1,1) The graph has no images.")]
    [TestCase("images:\n  api:\n", "ORC1023(2,7) 'api' must be a context (a text) or a mapping, but this is empty.")]
    [TestCase("images:\n  api: https://github.com/x/y.git\n", "ORC1043(2,8) 'https://github.com/x/y.git' is a remote context; those are not supported yet.")]
    [TestCase("images:\n  api: aip\n", "ORC1040(2,8) The directory 'ROOT/aip' does not exist. Did you mean 'api'?")]
    [TestCase("images:\n  api: /\n", "ORC1042(2,8) '/' lies outside the repository 'ROOT'.")]
    [TestCase("images:\n  api: api\nname: Mine\n", "ORC1031(3,7) 'Mine' cannot name a graph.")]
    [TestCase("images:\n  api: api\nregistry: 'a b'\n", "ORC1024(3,11) 'a b' is not valid for 'registry': write a host, or a host and a path, such as ghcr.io/acme.")]
    [TestCase("images:\n  api: api\nservices: {}\n", "ORC1022(3,1) 'services' belongs to a Compose file: it does not concern building an image.")]
    [TestCase("images:\n  api: api\ndefaults: { context: . }\n", "ORC1020(3,13) 'context' is not a key of 'defaults'.")]
    [TestCase("images:\n  api: api\nsources: { A: b }\n", "ORC1032(3,12) 'A' is not an image reference: Docker would refuse it.")]
    [TestCase("images:\n  api: api\nsources: { a: b, 'a:latest': c }\n", "ORC1024(3,18) 'a:latest' is not valid for 'sources': it is the same image as the one at line 3.")]
    [TestCase("images:\n  api: api\nenv_file: nope.env\n", "ORC1060(3,11) The env file 'ROOT/nope.env' cannot be read: it does not exist.")]
    [TestCase("images:\n  api: api\nallow_outside: 5\n", "ORC1024(3,16) '5' is not valid for 'allow_outside': it must be true or false.")]
    public void Each_mistake_of_a_graph_has_its_findings(string yaml, params string[] findings)
    {
        Write("api/Dockerfile");
        Assert.That(Findings(yaml), Is.EquivalentTo(findings));
    }

    [TestCase("privileged", "isolation")]
    public void What_is_not_honoured_is_refused(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.That(FindingsOfImage($"{key}: [x]"), Is.EqualTo(new[] { $"ORC1021(4,5) '{key}' is not supported yet." }));
        }
    }

    [Test]
    public void Two_builds_cannot_claim_one_local_name()
    {
        Write("api/Dockerfile");
        Write("web/Dockerfile");
        Assert.That(Findings("registry: ghcr.io/acme\nimages:\n  api: api\n  web: { context: web, image: 'ghcr.io/acme/api:latest' }\n"), Is.EqualTo(new[]
        {
            "ORC1033(4,31) 'web' and 'api' are different builds, but both claim the local name 'ghcr.io/acme/api'; 'api' claims it at ROOT/images.yml(3,3).",
        }));
    }

    /// <summary>A graph, an image and a target make one repository, which must fit the engine's 255 characters.</summary>
    [Test]
    public void Names_have_an_end()
    {
        Write("api/Dockerfile");
        var (longest, tooLong) = (new string('a', 80), new string('b', 81));

        Assert.That(Findings($"name: {longest}\nimages:\n  {longest}: api\n"), Is.Empty);
        Assert.That(Findings($"name: {tooLong}\nimages:\n  {tooLong}: api\n"), Is.EqualTo(new[] { $"ORC1031(1,7) '{tooLong}' cannot name a graph.", $"ORC1031(3,3) '{tooLong}' cannot name an image." }));
        Assert.That(ImageKeyGrammar.MakeValid(tooLong + "."), Has.Length.EqualTo(80).And.Matches<string>(ImageKeyGrammar.IsValid));
        Assert.That(ImageKeyGrammar.MakeValid(new string('c', 79) + "-c"), Is.EqualTo(new string('c', 79)));
    }

    [Test]
    public void A_link_that_leads_outside_is_refused()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "api"), Path.GetTempPath());
        Assert.That(Findings("images:\n  api: api\n"), Is.EqualTo(new[] { "ORC1042(2,8) 'ROOT/api' lies outside the repository 'ROOT'." }));
    }

    [Test]
    public void A_link_in_a_circle_is_a_missing_directory()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "a"), Path.Combine(Root, "b"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "b"), Path.Combine(Root, "a"));
        Assert.That(Findings("images:\n  api: a\n"), Has.Count.EqualTo(1).And.All.StartsWith("ORC1040(2,8)"));
    }
}
