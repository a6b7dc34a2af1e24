using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;
using Orchestrator.BuildKit.Tests.Engines;

namespace Orchestrator.BuildKit.Tests.Control;

internal sealed class ControlCalls
{
    [Test, CancelAfter(30_000)]
    public async Task A_build_returns_what_the_exporter_says(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(context => context.Request.Path.Value == ControlMethods.Solve
            ? AnswerAsync(context, new SolveResponse { ExporterResponse = { ["containerimage.digest"] = "sha256:1" } })
            : AnswerAsync(context, new StatusResponse { Vertexes = { new Vertex { Digest = "d", Name = "step" } } }));
        await using var client = new BuildKitClient(daemon);
        var events = new RecordedEvents();
        var result = await client.SolveAsync(new SolveOptions(), events, cancellationToken);
        Assert.That(result.ImageDigest, Is.EqualTo("sha256:1"));
        Assert.That(events.All.OfType<VertexUpdate>().Single().Name, Is.EqualTo("step"));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_error_without_a_message_before_it_is_understood(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "2";
            context.Response.Headers["grpc-message"] = "it%20broke%0A";
            return Task.CompletedTask;
        });
        await using var client = new BuildKitClient(daemon);
        var failure = Assert.ThrowsAsync<SolveException>(() => client.SolveAsync(new SolveOptions(), null, cancellationToken))!;
        Assert.That(failure.Message, Is.EqualTo("it broke\n"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Large_details_fit(CancellationToken cancellationToken)
    {
        var details = Convert.ToBase64String(new Protos.Status { Message = new string('x', 500_000) }.ToByteArray()).TrimEnd('=');
        await using var daemon = new ScriptedDaemon(async context =>
        {
            await StartAsync(context);
            context.Response.AppendTrailer("grpc-status", "2");
            context.Response.AppendTrailer("grpc-message", "big");
            context.Response.AppendTrailer("grpc-status-details-bin", details);
        });
        await using var client = new BuildKitClient(daemon);
        Assert.ThrowsAsync<SolveException>(() => client.SolveAsync(new SolveOptions(), null, cancellationToken));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_answer_without_status_is_a_broken_connection(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(StartAsync);
        await AssertBrokenAsync(daemon, "without", cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task An_answer_of_another_type_is_a_broken_connection(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<p>hello</p>", cancellationToken);
        });
        await AssertBrokenAsync(daemon, "text/html", cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task An_end_inside_a_message_is_a_broken_connection(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(async context =>
        {
            await StartAsync(context);
            await context.Response.BodyWriter.WriteAsync(Convert.FromHexString("000000000A0A"), cancellationToken);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await AssertBrokenAsync(daemon, "middle of a message", cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_reset_inside_a_message_is_a_broken_connection(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(async context =>
        {
            await StartAsync(context);
            await context.Response.BodyWriter.WriteAsync(Convert.FromHexString("000000000A0A"), cancellationToken);
            context.Abort();
        });
        await AssertBrokenAsync(daemon, ControlMethods.ListWorkers, cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_method_that_is_not_there_is_named(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await using var client = new BuildKitClient(daemon);
        var failure = Assert.ThrowsAsync<BuildKitCallException>(() => client.ListWorkersAsync(cancellationToken))!;
        Assert.That(failure.StatusCode, Is.EqualTo(GrpcStatusCode.Unimplemented));
        Assert.That(await client.InfoAsync(cancellationToken), Is.Null, "an old daemon");
    }

    [Test, CancelAfter(30_000)]
    public async Task A_lost_connection_is_opened_again_by_the_next_call(CancellationToken cancellationToken)
    {
        var calls = 0;
        ScriptedDaemon? breaking = null;
        await using var daemon = new ScriptedDaemon(async context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                breaking!.Break();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await AnswerAsync(context, new ListWorkersResponse());
        });
        breaking = daemon;
        await using var client = new BuildKitClient(daemon);
        Assert.ThrowsAsync<BuildKitConnectionException>(() => client.ListWorkersAsync(cancellationToken));
        Assert.That(await client.ListWorkersAsync(cancellationToken), Is.Empty);
        Assert.That(daemon.Connections, Is.EqualTo(2));
    }

    [Test, CancelAfter(30_000)]
    public async Task More_calls_than_a_connection_takes_are_carried_by_another(CancellationToken cancellationToken)
    {
        // Kestrel takes 100 on a connection, the daemon 250.
        const int Calls = 150;
        var waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var daemon = new ScriptedDaemon(async context =>
        {
            if (Interlocked.Increment(ref waiting) == Calls)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(context.RequestAborted);
            await AnswerAsync(context, new ListWorkersResponse());
        });
        await using var client = new BuildKitClient(daemon);

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => client.ListWorkersAsync(cancellationToken)));

        Assert.That(answers, Has.All.Empty);
        Assert.That(daemon.Connections, Is.EqualTo(2));
    }

    [Test, CancelAfter(30_000)]
    public async Task Cancelling_resets_the_call_at_the_daemon(CancellationToken cancellationToken)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var daemon = new ScriptedDaemon(async context =>
        {
            using var registration = context.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.TrySetResult();
            await aborted.Task;
        });
        await using var client = new BuildKitClient(daemon);
        using var cancel = new CancellationTokenSource();
        var build = client.SolveAsync(new SolveOptions(), null, cancel.Token);
        await arrived.Task.WaitAsync(cancellationToken);
        await cancel.CancelAsync();
        Assert.That(async () => await build, Throws.InstanceOf<OperationCanceledException>());
        await aborted.Task.WaitAsync(cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_status_that_never_ends_does_not_hold_the_result_back(CancellationToken cancellationToken)
    {
        await using var daemon = new ScriptedDaemon(context => context.Request.Path.Value == ControlMethods.Solve
            ? AnswerAsync(context, new SolveResponse())
            : Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var client = new BuildKitClient(daemon, time: new HastyTime());
        await client.SolveAsync(new SolveOptions(), new RecordedEvents(), cancellationToken);
    }

    private static async Task AssertBrokenAsync(ScriptedDaemon daemon, string expected, CancellationToken cancellationToken)
    {
        await using var client = new BuildKitClient(daemon);
        var failure = Assert.ThrowsAsync<BuildKitConnectionException>(() => client.ListWorkersAsync(cancellationToken))!;
        Assert.That(failure.Message, Does.Contain(expected));
    }

    private static Task StartAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        return context.Response.StartAsync();
    }

    private static async Task AnswerAsync(HttpContext context, IMessage message)
    {
        await StartAsync(context);
        await context.Response.BodyWriter.WriteAsync(GrpcFrame.ToArray(message));
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>A clock whose timers are due at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
