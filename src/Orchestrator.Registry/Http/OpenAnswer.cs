namespace Orchestrator.Registry.Http;

/// <summary>An answer whose body is being read, and the place that it takes until it is disposed.</summary>
internal sealed class OpenAnswer(HttpResponseMessage response, IDisposable place) : IDisposable
{
    public HttpResponseMessage Response => response;

    public void Dispose()
    {
        response.Dispose();
        place.Dispose();
    }
}
