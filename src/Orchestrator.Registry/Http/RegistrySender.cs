using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Orchestrator.Registry.Authentication;
using Polly;

namespace Orchestrator.Registry.Http;

/// <summary>
/// Sends requests to one registry: with what it wants to see, along its redirections, again when that may help. Here, and nowhere else, what goes
/// wrong becomes one of the three exceptions, and none of them shows an address or a header.
/// </summary>
internal sealed class RegistrySender : IDisposable
{
    private const int LongestWay = 5;

    /// <summary>Two: one to learn what the registry wants, one for a token that has ended.</summary>
    private const int Refusals = 2;

    private readonly HostAddress _address;
    private readonly RegistryOptions _options;
    private readonly HostConnection _connection;
    private readonly HostAuthorization _authorization;
    private readonly HostCircuit _circuit;

    /// <summary>Questions and uploads; and bodies that a caller reads, which may feed uploads: these wait for those, so both must not wait for the same places.</summary>
    private readonly Places _requests;
    private readonly Places _bodies;

    public RegistrySender(string host, RegistryOptions options)
    {
        _address = HostAddress.Of(host);
        _options = options;
        _connection = new HostConnection(_address, options);
        _authorization = new HostAuthorization(
            _address.Name, () => _connection.IsInsecure, new TokenServer(_connection.Client, _address.Name, options.Time), options.FindLogin, options.Time);
        _circuit = new HostCircuit(_address.Name, options.Budget, options.Time);
        (_requests, _bodies) = (new Places(options.Connections), new Places(options.Connections));
        Retrying = RetryPolicy.Create(options);
    }

    /// <summary>For operations of several requests that are repeated as a whole.</summary>
    public ResiliencePipeline Retrying { get; }

    public RegistryOptions Options => _options;

    public string Host => _address.Name;

    /// <param name="read">Takes what is wanted out of the answer, whose body may be read only here.</param>
    public Task<T> SendAsync<T>(RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _circuit.RunAsync(token => Retrying.ExecuteAsync(async inner => await InPlaceAsync(request, read, inner), token).AsTask(), cancellationToken);

    /// <summary>Without trying again.</summary>
    public Task<T> SendOnceAsync<T>(RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _circuit.RunAsync(token => InPlaceAsync(request, read, token), cancellationToken);

    /// <summary>The caller reads the body, and owns the answer; a budget ends with the answer's head.</summary>
    public Task<OpenAnswer> OpenAsync(RegistryRequest request, CancellationToken cancellationToken) => _circuit.RunAsync(async token =>
    {
        var place = await _bodies.TakeAsync(token);
        try
        {
            return new OpenAnswer(await AttemptAsync(request, (response, _) => Task.FromResult(response), token, keepsAnswer: true), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }, cancellationToken);

    /// <summary>An operation that goes on after the answer has begun, as one call: its budget covers the body too.</summary>
    public Task<T> WithinBudgetAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken) => _circuit.RunAsync(operation, cancellationToken);

    /// <summary>The exception for a body that broke off while a caller was reading it.</summary>
    public RegistryUnreachableException Broken(string purpose, Exception exception) =>
        new($"The registry {Host} broke off while {purpose}: {Cause(exception)}", isTransient: true, exception);

    public RegistryUnreachableException Silent(string purpose) =>
        new($"The registry {Host} said nothing for {_options.Silence.TotalSeconds:0.#} s while {purpose}.", isTransient: true);

    public void Dispose()
    {
        _circuit.Dispose();
        _authorization.Dispose();
        _connection.Dispose();
    }

    private async Task<T> InPlaceAsync<T>(RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var place = await _requests.TakeAsync(cancellationToken);
        return await AttemptAsync(request, read, cancellationToken);
    }

    private async Task<T> AttemptAsync<T>(
        RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken, bool keepsAnswer = false)
    {
        using var timer = new SilenceTimer(_options.Silence, _options.Time, cancellationToken);
        ProgressingContent? content = null;
        try
        {
            var response = await AuthorizedAsync(request, body => content = body, timer);
            try
            {
                if (!response.IsSuccessStatusCode && !request.Expected.Contains(response.StatusCode) && request.IsExpected?.Invoke(response) != true)
                {
                    throw await ErrorAnswer.ReadAsync(response, $"At the registry {Host}, {request.Purpose} failed", _options.Time, timer.Token, IsRefusedLoggedIn(response));
                }

                return await read(response, timer.Token);
            }
            finally
            {
                if (!keepsAnswer || !response.IsSuccessStatusCode)
                {
                    response.Dispose();
                }
            }
        }
        catch (OperationCanceledException) when (timer.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw Silent(request.Purpose);
        }
        catch (Exception exception) when (content?.SourceFailure is not null && exception is not OperationCanceledException)
        {
            throw SourceFailed(request, content.SourceFailure);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or AuthenticationException)
        {
            throw Unreachable(request, exception);
        }
    }

    private async Task<HttpResponseMessage> AuthorizedAsync(RegistryRequest request, Action<ProgressingContent> sending, SilenceTimer timer)
    {
        var origin = await _connection.BaseAsync(timer.Token);
        var scopes = request.Scopes;
        for (var refusals = 0; ; refusals++)
        {
            var authorization = await _authorization.HeaderAsync(scopes, timer.Token);
            timer.Moved();
            var response = await FollowAsync(request, origin, authorization, sending, timer);
            if (response.StatusCode != HttpStatusCode.Unauthorized || refusals == Refusals)
            {
                return response;
            }

            var challenges = Challenge.Parse(response.Headers.TryGetValues("WWW-Authenticate", out var values) ? values : []);
            if (await _authorization.LearnAsync(challenges, authorization, scopes, timer.Token) is not { } better)
            {
                return response;
            }

            response.Dispose();
            scopes = better;
        }
    }

    /// <summary>A wrong password is refused with 401: by the registry that was shown it, or by the token server, which then gives no token.</summary>
    private bool IsRefusedLoggedIn(HttpResponseMessage response) =>
        _authorization.HasLogin && response.RequestMessage?.Headers.Authorization is { } shown
        && (response.StatusCode == HttpStatusCode.Forbidden || (response.StatusCode == HttpStatusCode.Unauthorized && shown.Scheme == "Bearer"));

    /// <summary>What the registry wants to see is shown to the registry only, never to a storage that it redirects to.</summary>
    private async Task<HttpResponseMessage> FollowAsync(
        RegistryRequest request, Uri origin, AuthenticationHeaderValue? authorization, Action<ProgressingContent> sending, SilenceTimer timer)
    {
        var target = new Uri(origin, request.Target);
        for (var way = 0; ; way++)
        {
            if (target.Scheme != "https" && !(_connection.IsInsecure && target.Scheme == "http"))
            {
                throw new RegistryUnreachableException($"The registry {Host} redirects {request.Purpose} to {target.Authority} without encryption; that is refused.", isTransient: false);
            }

            using var message = Message(request, target, sending, timer);
            message.Headers.Authorization = target.Authority == origin.Authority ? authorization : null;
            var response = await _connection.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timer.Token);
            timer.Moved();
            var isRedirection = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;
            if (!isRedirection || request.Content is not null || way == LongestWay)
            {
                return response;
            }

            target = new Uri(target, response.Headers.Location!);
            response.Dispose();
        }
    }

    private static HttpRequestMessage Message(RegistryRequest request, Uri target, Action<ProgressingContent> sending, SilenceTimer timer)
    {
        var message = new HttpRequestMessage(request.Method, target);
        foreach (var type in request.Accept)
        {
            message.Headers.Accept.ParseAdd(type);
        }

        if (request.Method == HttpMethod.Get && request.From > 0)
        {
            message.Headers.Range = new RangeHeaderValue(request.From, null);
        }

        if (request.Content?.Invoke() is { } content)
        {
            var told = content.Moved;
            content.Moved = count =>
            {
                timer.Moved();
                told?.Invoke(count);
            };
            content.Waits = timer.Pause;
            content.Goes = timer.Moved;
            sending(content);
            message.Content = content;
        }

        return message;
    }

    /// <summary>Another registry's failure stays that registry's.</summary>
    private static Exception SourceFailed(RegistryRequest request, Exception cause) =>
        cause is RegistryUnreachableException or RegistryApiException or RegistryContentException
            ? cause
            : new RegistryUnreachableException($"What is uploaded cannot be read, {request.Purpose}: {cause.Message}", isTransient: false, cause);

    private RegistryUnreachableException Unreachable(RegistryRequest request, Exception exception)
    {
        var isTls = exception is AuthenticationException || exception.InnerException is AuthenticationException;
        return new RegistryUnreachableException(
            isTls ? $"The registry {Host} shows a certificate that cannot be trusted ({request.Purpose}): {Cause(exception)}" : $"The registry {Host} cannot be reached or broke off ({request.Purpose}): {Cause(exception)}",
            !isTls, exception);
    }

    /// <summary>The innermost cause says most and, unlike the outer ones, holds no address.</summary>
    private static string Cause(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause.Message.TrimEnd('.') + ".";
    }
}
