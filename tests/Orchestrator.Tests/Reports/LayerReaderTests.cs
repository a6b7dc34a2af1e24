using Orchestrator.Docker;
using Orchestrator.Reports;
using static Orchestrator.Tests.Reports.SampleImages;

namespace Orchestrator.Tests.Reports;

/// <summary>Which image a layer belongs to.</summary>
internal sealed class LayerReaderTests
{
    private static readonly HistoryEntry Root = new(1, "ADD rootfs", 500);
    private static readonly HistoryEntry Base = new(2, "COPY base", 10);
    private static readonly HistoryEntry Library = new(3, "RUN lib", 20);
    private static readonly HistoryEntry App = new(4, "COPY app", 30);

    [Test]
    public void Each_belongs_to_the_first_image_that_has_it()
    {
        var images = LayerReader.Join([Image("base", 1), Image("lib", 1, "base"), Image("app", 1, "base", "lib")], [[Base, Root], [Library, Base, Root], [App, Library, Base, Root]]);

        Assert.That(images[2].Layers, Is.EqualTo(new ReportedLayer[] { new("ADD rootfs", 500, "base"), new("COPY base", 10, "base"), new("RUN lib", 20, "lib"), new("COPY app", 30, null) }));
    }

    [Test]
    public void Images_on_the_same_image_from_outside_are_not_built_on_each_other()
    {
        var images = LayerReader.Join([Image("tools", 1), Image("app", 1, "tools")], [[Base, Root], [App, Root]]);

        Assert.That(images[1].Layers.Select(layer => layer.From), Is.All.Null, "it only copies from it");
    }

    [TestCase("RUN |2 NPM_TOKEN=canary A=1 /bin/sh -c npm ci # buildkit", "RUN |2 NPM_TOKEN=*** A=1 /bin/sh -c npm ci # buildkit")]
    [TestCase("RUN |2 A=1 Password=a canary b /bin/bash -o pipefail -c make all # buildkit", "RUN |2 A=1 Password=*** /bin/bash -o pipefail -c make all # buildkit")]
    [TestCase("|1 API_KEY=canary /bin/sh -c make", "|1 API_KEY=*** /bin/sh -c make")]
    [TestCase("ENV DB_PASSWORD=a canary X=1", "ENV DB_PASSWORD=*** X=1")]
    [TestCase("/bin/sh -c #(nop)  ARG TOKEN=canary", "/bin/sh -c #(nop)  ARG TOKEN=***")]
    [TestCase("ARG TOKEN", "ARG TOKEN")]
    [TestCase("RUN /bin/sh -c TOKEN='a canary' make all # buildkit", "RUN /bin/sh -c TOKEN=*** make all # buildkit")]
    [TestCase("ADD https://me:canary@host/file?sig=canary / # buildkit", "ADD https://***@host/file?*** / # buildkit")]
    [TestCase("RUN |1 VERSION=1.2 /bin/sh -c make V=1 # buildkit", "RUN |1 VERSION=1.2 /bin/sh -c make V=1 # buildkit")]
    public void What_is_private_in_it_is_not_told(string createdBy, string told)
    {
        var images = LayerReader.Join([Image("app", 1)], [[new HistoryEntry(1, createdBy, 1)]]);

        Assert.That(images[0].Layers[0].CreatedBy, Is.EqualTo(told));
    }

    [Test]
    public void Where_the_engine_does_not_say_there_are_none()
    {
        var images = LayerReader.Join([Image("base", 1), Image("app", 1, "base")], [[], [App, Root]]);

        Assert.That((images[0].Layers.Count, images[1].Layers.Count(layer => layer.From is null)), Is.EqualTo((0, 2)));
    }
}
