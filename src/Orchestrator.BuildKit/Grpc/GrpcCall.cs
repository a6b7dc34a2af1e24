using System.IO.Pipelines;
using Google.Protobuf;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>A call whose response has begun. Disposing it before its end resets the stream, which cancels it at the peer.</summary>
internal sealed class GrpcCall : IDisposable
{
    private readonly string _method;
    private readonly HttpRequestMessage _request;
    private readonly HttpResponseMessage _response;
    private readonly GrpcMessageReader _reader;

    public GrpcCall(string method, HttpRequestMessage request, HttpResponseMessage response, Stream body)
    {
        _method = method;
        _request = request;
        _response = response;
        _reader = new GrpcMessageReader(PipeReader.Create(body));
    }

    /// <summary>The next message, or null when the call ended with OK.</summary>
    /// <exception cref="GrpcStatusException">The call ended with another status.</exception>
    /// <exception cref="BuildKitConnectionException">The connection was lost, or the peer broke the protocol.</exception>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        try
        {
            if (await _reader.ReadAsync(parser, cancellationToken).ConfigureAwait(false) is { } message)
            {
                return message;
            }
        }
        catch (Exception exception) when (BuildKitConnectionException.IsLoss(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw BuildKitConnectionException.From(_method, exception);
        }

        var status = GrpcTrailers.Read(_response.TrailingHeaders)
            ?? GrpcTrailers.Read(_response.Headers)
            ?? throw new BuildKitConnectionException($"{_method} ended without a status.");
        return status.Code == GrpcStatusCode.Ok ? null : throw new GrpcStatusException(status);
    }

    public void Dispose()
    {
        _response.Dispose();
        _request.Dispose();
    }
}
