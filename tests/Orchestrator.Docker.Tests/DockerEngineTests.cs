using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests;

/// <summary>The client against a scripted engine: what goes over the wire, and what its answers become.</summary>
public sealed class DockerEngineTests
{
    private const string Ping = "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nBuilder-Version: 2\r\nOstype: linux\r\nServer: Docker/28\r\nContent-Length: 2\r\n\r\nOK";
    private const string NoContent = "failed to read config content: NotFound: content digest sha256:1: not found";

    private ScriptedPeer _peer = null!;
    private DockerEngine _engine = null!;

    [SetUp]
    public void Listen()
    {
        _peer = new ScriptedPeer();
        _engine = new DockerEngine(_peer.Endpoint);
    }

    [TearDown]
    public async Task Close()
    {
        await _engine.DisposeAsync();
        _peer.Dispose();
    }

    [Test]
    public async Task Ping_reads_what_the_headers_say()
    {
        var answering = _peer.AnswerAsync(Ping);

        var ping = await _engine.PingAsync(Patience.Token);

        using var connection = (await answering).Connection;
        Assert.That(ping, Is.EqualTo(new EnginePing("1.51", "2", "linux", "Docker/28")));
        Assert.That((await answering).Request, Does.StartWith("GET /_ping HTTP/1.1\r\n"));
    }

    [Test]
    public async Task A_history_is_read_from_the_newest_step_on()
    {
        const string Rows = """[{"Id":"a","Created":5,"CreatedBy":"COPY . . # buildkit","Tags":["x"],"Size":12,"Comment":""},{"Id":"<missing>","Created":4,"CreatedBy":"ENV A=1","Tags":null,"Size":0}]""";
        var answering = _peer.AnswerAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Rows.Length}\r\n\r\n{Rows}");

        var history = await _engine.HistoryAsync("shop/web:1.0", Patience.Token);

        using var connection = (await answering).Connection;
        Assert.That((await answering).Request, Does.StartWith("GET /images/shop/web:1.0/history HTTP/1.1\r\n"));
        Assert.That(history, Is.EqualTo(new[] { new HistoryEntry(5, "COPY . . # buildkit", 12), new HistoryEntry(4, "ENV A=1", 0) }));
    }

    [TestCase("200 OK", "{}", true)]
    [TestCase("404 Not Found", """{"message":"No such container: c"}""", false)]
    public async Task A_file_is_absent_only_where_its_container_is_not(string status, string body, bool isAbsent)
    {
        const string Missing = """{"message":"Could not find the file /x in container c"}""";
        var finding = _engine.FindContainerFileAsync("c", "/x", 0, Patience.Token);
        using var connection = (await _peer.AnswerAsync($"HTTP/1.1 404 Not Found\r\nContent-Length: {Missing.Length}\r\nConnection: close\r\n\r\n{Missing}")).Connection;
        var (other, request) = await _peer.AnswerAsync($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        using var closing = other;

        Assert.That(request, Does.StartWith("GET /containers/c/json HTTP/1.1\r\n"));
        if (isAbsent)
        {
            Assert.That(await finding, Is.Null);
        }
        else
        {
            Assert.That(async () => await finding, Throws.InstanceOf<DockerApiException>().With.Message.Contains("No such container"));
        }
    }

    [Test]
    public async Task A_platform_is_missing_when_no_manifest_for_it_is_available()
    {
        const string Manifests = """
            {"Id":"sha256:1","Os":"linux","Manifests":[
            {"ID":"a","Kind":"image","Available":true,"ImageData":{"Platform":{"os":"linux","architecture":"amd64"}}},
            {"ID":"b","Kind":"image","Available":false,"ImageData":{"Platform":{"os":"linux","architecture":"arm","variant":"v7"}}},
            {"ID":"c","Kind":"image","Available":false,"ImageData":{"Platform":{"os":"windows","architecture":"amd64","os.version":"10.0.1"}}},
            {"ID":"d","Kind":"image","Available":true,"ImageData":{"Platform":{"os":"windows","architecture":"amd64","os.version":"10.0.2"}}},
            {"ID":"e","Kind":"image","Available":false,"ImageData":{"Platform":{"os":"linux","architecture":"s390x"}}},
            {"ID":"f","Kind":"attestation","Available":false,"AttestationData":{"For":"a"}}]}
            """;
        var answering = _peer.AnswerAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Manifests.Length}\r\n\r\n{Manifests}");

        var image = await _engine.InspectIndexAsync("shop/web:1.0", Patience.Token);

        using var connection = (await answering).Connection;
        Assert.That((await answering).Request, Does.StartWith("GET /images/shop/web:1.0/json?manifests=true HTTP/1.1\r\n"));
        Assert.That(image!.MissingPlatforms, Is.EqualTo(new[] { "linux/arm/v7", "linux/s390x" }));
    }

    [Test]
    public async Task An_image_that_is_not_there_has_no_history()
    {
        var answering = _peer.AnswerAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");

        var history = await _engine.HistoryAsync("gone", Patience.Token);

        using var connection = (await answering).Connection;
        Assert.That(history, Is.Null);
    }

    [Test]
    public async Task Requests_one_after_the_other_share_a_connection()
    {
        var first = _engine.PingAsync(Patience.Token);
        using var connection = (await _peer.AnswerAsync(Ping)).Connection;
        await first;

        var second = _engine.PingAsync(Patience.Token);
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Ping);

        Assert.That((await second).ApiVersion, Is.EqualTo("1.51"));
        Assert.That(_peer.HasWaitingConnection, Is.False);
    }

    [Test]
    public async Task A_listing_during_which_an_image_went_away_is_asked_for_again()
    {
        var listing = _engine.ListImagesAsync([], Patience.Token);
        using var connection = await _peer.AcceptAsync();
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Error(404, NoContent));
        await connection.ExpectHeadAsync();
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");

        Assert.That(await listing, Is.Empty);
    }

    [Test]
    public async Task A_listing_that_never_succeeds_is_an_error()
    {
        var listing = _engine.ListImagesAsync([], Patience.Token);
        using var connection = await _peer.AcceptAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync(Error(404, NoContent));
        }

        var error = Assert.ThrowsAsync<DockerApiException>(() => listing);
        Assert.That(error.EngineMessage, Does.StartWith("failed to read config content"));
    }

    [Test]
    public async Task Requests_at_the_same_time_have_connections_of_their_own()
    {
        var first = _engine.PingAsync(Patience.Token);
        var second = _engine.PingAsync(Patience.Token);

        using var one = await _peer.AcceptAsync();
        using var other = await _peer.AcceptAsync();
        await one.SendAsync(Ping);
        await other.SendAsync(Ping);

        Assert.That(await Task.WhenAll(first, second), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task There_are_never_more_connections_than_the_limit()
    {
        var requests = Enumerable.Range(0, 17).Select(_ => _engine.PingAsync(Patience.Token)).ToArray();
        var connections = new List<PeerConnection>();
        for (var index = 0; index < 16; index++)
        {
            connections.Add(await _peer.AcceptAsync());
            await connections[index].ExpectHeadAsync();
        }

        Assert.That(_peer.HasWaitingConnection, Is.False);
        await connections[5].SendAsync(Ping);
        await connections[5].ExpectHeadAsync(); // the seventeenth takes the place
        await Task.WhenAll(connections.Select(connection => connection.SendAsync(Ping)));
        await Task.WhenAll(requests);
        connections.ForEach(connection => connection.Dispose());
    }

    [Test]
    public async Task A_connection_that_was_closed_while_idle_is_replaced_silently()
    {
        var first = _engine.PingAsync(Patience.Token);
        (await _peer.AnswerAsync(Ping)).Connection.Dispose();
        await first;

        var second = _engine.PingAsync(Patience.Token);
        using var connection = (await _peer.AnswerAsync(Ping)).Connection;

        Assert.That((await second).OsType, Is.EqualTo("linux"));
    }

    [Test]
    public async Task A_connection_that_the_engine_will_close_is_not_used_again()
    {
        var first = _engine.PingAsync(Patience.Token);
        using var closing = (await _peer.AnswerAsync("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).Connection;
        await first;

        Assert.That(await closing.IsClosedByClientAsync(), Is.True);
    }

    [Test]
    public async Task A_chunked_answer_after_an_interim_one_is_put_together()
    {
        var listing = _engine.ListImagesAsync(["shop/*"], Patience.Token);
        var (connection, request) = await _peer.AnswerAsync("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.SendAsync("12\r\n[{\"Id\":\"sha256:1\",\r\n");
        const string rest = "\"RepoTags\":[\"shop/web:1\"],\"RepoDigests\":null,\"Labels\":null,\"Size\":7,\"Created\":1700000000}]";
        await connection.SendAsync($"{rest.Length:x}\r\n{rest}\r\n0\r\n\r\n");

        var image = (await listing).Single();

        Assert.That(request, Does.StartWith("GET /images/json?filters=%7B%22reference%22%3A%5B%22shop%2F%2A%22%5D%7D HTTP/1.1\r\n"));
        Assert.That(image.Id, Is.EqualTo("sha256:1"));
        Assert.That(image.RepoTags, Is.EqualTo(new[] { "shop/web:1" }));
        Assert.That(image.RepoDigests, Is.Empty);
        Assert.That(image.Labels, Is.Empty);
        Assert.That((image.Size, image.Created), Is.EqualTo((7L, 1700000000L)));
        connection.Dispose();
    }

    [Test]
    public async Task An_error_carries_the_engines_own_words()
    {
        var removing = _engine.RemoveImageAsync("a:1", force: false, noPrune: true, Patience.Token);
        var (connection, request) = await _peer.AnswerAsync(Error(409, "conflict: in use"));

        var error = Assert.ThrowsAsync<DockerApiException>(() => removing);

        Assert.That((error!.StatusCode, error.EngineMessage), Is.EqualTo((409, "conflict: in use")));
        Assert.That(request, Does.StartWith("DELETE /images/a:1?force=0&noprune=1 HTTP/1.1\r\n"));
        connection.Dispose();
    }

    [Test]
    public async Task An_error_that_is_not_json_is_shown_as_it_is()
    {
        var asking = _engine.VersionAsync(Patience.Token);
        using var connection = (await _peer.AnswerAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 9\r\n\r\nno engine")).Connection;

        Assert.That(() => asking, Throws.TypeOf<DockerApiException>().With.Message.Contains("502: no engine"));
    }

    [Test]
    public async Task An_answer_of_another_shape_is_an_error_of_the_engine()
    {
        var asking = _engine.InfoAsync(Patience.Token);
        using var connection = (await _peer.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")).Connection;

        Assert.That(() => asking, Throws.TypeOf<DockerApiException>().With.Message.Contains("not what the Engine API promises"));
    }

    [TestCase("""{"RegistryConfig":{"IndexConfigs":{"docker.io":{"Secure":true},"10.0.0.1:5000":{"Secure":false},"mirror.example":{}}}}""", "10.0.0.1:5000")]
    [TestCase("""{"RegistryConfig":{"InsecureRegistryCIDRs":["::1/128","10.0.0.0/8"],"IndexConfigs":{"10.0.0.1:5000":{"Secure":false}}}}""", "10.0.0.1:5000 ::1/128 10.0.0.0/8")]
    [TestCase("""{"RegistryConfig":{"InsecureRegistryCIDRs":null,"IndexConfigs":null}}""", "")]
    [TestCase("""{"RegistryConfig":null}""", "")]
    [TestCase("{}", "")]
    public async Task Insecure_registries_are_those_that_the_engine_calls_so(string body, string expected)
    {
        var asking = _engine.InfoAsync(Patience.Token);
        using var connection = (await _peer.AnswerAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}")).Connection;

        Assert.That(string.Join(' ', (await asking).InsecureRegistries), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_image_that_is_not_there_is_null_or_nothing()
    {
        var inspecting = _engine.InspectImageAsync("a", Patience.Token);
        using var connection = (await _peer.AnswerAsync(Error(404, "No such image: a"))).Connection;
        Assert.That(await inspecting, Is.Null);

        var removing = _engine.RemoveImageAsync("a", force: true, noPrune: false, Patience.Token);
        await connection.ExpectHeadAsync();
        await connection.SendAsync(Error(404, "No such image: a"));
        Assert.That(await removing, Is.Empty);
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task An_answer_that_breaks_off_or_is_no_http_means_that_the_engine_is_unreachable(string answer)
    {
        var listing = _engine.ListContainersAsync(all: true, Patience.Token);
        (await _peer.AnswerAsync(answer)).Connection.Dispose();

        Assert.That(
            () => listing,
            Throws.TypeOf<DockerUnreachableException>().With.Message.Contains($"unix://{_peer.SocketPath} (a test)"));
    }

    [Test]
    public async Task Cancelling_is_neither_an_error_of_the_engine_nor_of_the_connection()
    {
        using var cancellation = new CancellationTokenSource();
        var asking = _engine.PingAsync(cancellation.Token);
        using var connection = await _peer.AcceptAsync();
        await connection.ExpectHeadAsync();

        await cancellation.CancelAsync();

        Assert.That(() => asking, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await connection.IsClosedByClientAsync(), Is.True);
    }

    private static string Error(int status, string message) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {message.Length + 15}\r\n\r\n{{\"message\":\"{message}\"}}\n";
}
