using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Session;

/// <summary>A call of the daemon: metadata, messages in both directions, and the status at the end. One reader and one writer at a time.</summary>
internal sealed class SessionCall
{
    private readonly HttpContext _context;
    private readonly GrpcMessageReader _reader;

    public SessionCall(HttpContext context, BuildSession session)
    {
        _context = context;
        Session = session;
        _reader = new GrpcMessageReader(context.Request.BodyReader);
        context.Response.ContentType = "application/grpc";
    }

    public BuildSession Session { get; }

    public string Method => _context.Request.Path.Value ?? "";

    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>The values of a key, one per header field. Commas are part of a value.</summary>
    public IReadOnlyList<string> Metadata(string key) => [.. _context.Request.Headers[key].Select(value => value ?? "")];

    /// <summary>The next message, or null when the daemon has sent its last one.</summary>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T> => await _reader.ReadAsync(parser, cancellationToken).ConfigureAwait(false);

    /// <summary>The only message of a call that has one.</summary>
    public async ValueTask<T> ReadRequestAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        await ReadAsync(parser, Aborted).ConfigureAwait(false)
            ?? throw new GrpcStatusException(GrpcStatusCode.InvalidArgument, "the call carries no request");

    /// <summary>Writes a message; without a flush it may wait for the next one.</summary>
    public async ValueTask WriteAsync(IMessage message, bool flush, CancellationToken cancellationToken)
    {
        GrpcFrame.Write(_context.Response.BodyWriter, message);
        if (flush)
        {
            var result = await _context.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCompleted || result.IsCanceled)
            {
                throw new OperationCanceledException("The daemon closed the call.", Aborted);
            }
        }
    }

    public async Task EndAsync(GrpcStatus status)
    {
        if (Aborted.IsCancellationRequested)
        {
            return;
        }

        // Headers first: the daemon expects its status in trailers.
        await _context.Response.StartAsync(Aborted).ConfigureAwait(false);
        _context.Response.AppendTrailer(GrpcTrailers.Status, ((int)status.Code).ToString(CultureInfo.InvariantCulture));
        if (status.Message.Length > 0)
        {
            _context.Response.AppendTrailer(GrpcTrailers.Message, PercentEncoding.Encode(status.Message));
        }

        await _context.Response.CompleteAsync().ConfigureAwait(false);
    }
}
