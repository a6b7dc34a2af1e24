using Google.Protobuf;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Tests.Control;

/// <summary>The bytes of the main messages, written down by hand from the field numbers.</summary>
internal sealed class WireBytes
{
    [Test]
    public void A_solve_request_fills_both_exporter_forms()
    {
        var request = SolveRequests.Create("r", new SolveOptions
        {
            SessionId = "s",
            Frontend = "f",
            FrontendAttributes = new Dictionary<string, string> { ["k"] = "v" },
            ExporterType = "m",
            ExporterAttributes = new Dictionary<string, string> { ["n"] = "x" },
            Entitlements = ["e"],
        });
        Assert.That(Hex(request), Is.EqualTo(
            "0A0172" // 1 Ref
            + "1A016D" // 3 exporter
            + "22060A016E120178" // 4 its attributes
            + "2A0173" // 5 Session
            + "320166" // 6 Frontend
            + "3A060A016B120176" // 7 FrontendAttrs
            + "4A0165" // 9 Entitlements
            + "5801" // 11 Internal
            + "6A0B" + "0A016D" + "12060A016E120178")); // 13 Exporters
    }

    [Test]
    public void Cache_exports_and_conversions_have_their_places()
    {
        var request = SolveRequests.Create("", new SolveOptions
        {
            Frontend = "",
            CacheExports = [new CacheExport("inline", new Dictionary<string, string>())],
            SourceConversions = [new SourceConversion("a", "b")],
        });
        Assert.That(Hex(request), Is.EqualTo(
            "420A" + "2208" + "0A06696E6C696E65" // 8 Cache, 4 Exports, 1 Type
            + "5801" // 11 Internal
            + "6214" + "0801" + "1210" // 12 SourcePolicy: version 1, one rule
            + "0802" + "12070A035E61241002" + "1A030A0162")); // CONVERT, ^a$ as expression, to b
    }

    [Test]
    public void A_checksum_holds_where_the_build_has_none_and_nothing_else_is_fetched()
    {
        var policy = SourcePolicies.Of(new SolveOptions { SourceChecksums = [new SourceChecksum("u", "d")], RefusesUnpinnedSources = true })!;

        Assert.That(Hex(policy.Rules[0]), Is.EqualTo(
            "0802" + "1216" + "0A0175" + "1001" + "1A0F" + "0A0D" + Convert.ToHexString("http.checksum"u8) // CONVERT, "u" EXACT, where http.checksum is empty
            + "1A14" + "1212" + "0A0D" + Convert.ToHexString("http.checksum"u8) + "120164")); // to "d"
        Assert.That(policy.Rules.Skip(1).Select(rule => $"{rule.Action} {rule.Selector.Identifier} {rule.Selector.Constraints}"), Is.EqualTo(new[]
        {
            "Deny ^https?:// [ { \"key\": \"http.checksum\" } ]", "Deny ^git:// [ { \"key\": \"git.checksum\" } ]", "Allow ^git://[^#]*#([0-9a-f]{40}|[0-9a-f]{64})(:|$) [ ]",
        }));
    }

    [Test]
    public void A_replacement_is_taken_as_it_stands() =>
        Assert.That(SourcePolicies.Of(new SolveOptions { SourceConversions = [new SourceConversion("git://h/$a#b", "git://h/$a#c")] })!.Rules.Single().ToString(), Does.Contain(@"^git://h/\\$a\\#b$").And.Contain("git://h/$$a#c"));

    [Test]
    public void Nothing_is_exported_without_an_exporter()
    {
        var request = SolveRequests.Create("r", new SolveOptions { ExporterAttributes = new Dictionary<string, string> { ["n"] = "x" } });
        Assert.That(request.Exporters, Is.Empty);
        Assert.That(request.ExporterAttrsDeprecated, Is.Empty);
    }

    [Test]
    public void Packets_leave_out_zeros()
    {
        var stat = new Stat { Path = "a", Mode = 0x800001ED, Size = 1, ModTime = 2, Linkname = "l" };
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Stat, Stat = stat }), Is.EqualTo("12100A016110ED838080082801" + "30023A016C"));
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Stat }), Is.Empty, "the end of the list");
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Req, ID = 5 }), Is.EqualTo("08011805"));
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Data, Data = ByteString.CopyFromUtf8("x") }), Is.EqualTo("0802220178"));
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Fin }), Is.EqualTo("0803"));
        Assert.That(Hex(new Packet { Type = Packet.Types.PacketType.Err, Data = ByteString.CopyFromUtf8("x") }), Is.EqualTo("0804220178"));
    }

    [Test]
    public void A_status_becomes_events()
    {
        var response = StatusResponse.Parser.ParseFrom(Convert.FromHexString(
            "0A0F" + "0A0161" + "120162" + "1A016E" + "2001" + "2A02" + "0801"
            + "1A0A" + "0A0161" + "1802" + "2203" + "0D0A41"));
        var events = StatusEvents.From(response).ToList();
        Assert.That(events[0], Is.InstanceOf<VertexUpdate>());
        Assert.That(((VertexUpdate)events[0]).Started, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1)));
        Assert.That(((VertexUpdate)events[0]).Cached, Is.True);
        Assert.That(((LogChunk)events[1]).Stream, Is.EqualTo(LogStream.Error));
        Assert.That(((LogChunk)events[1]).Data.ToArray(), Is.EqualTo(new byte[] { 13, 10, 65 }));
    }

    private static string Hex(IMessage message) => Convert.ToHexString(message.ToByteArray());
}
