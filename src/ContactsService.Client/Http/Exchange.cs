using System.Net;

namespace ContactsService.Client;

/// <summary>Sends calls, repeats them when that is safe, and converts problems to exceptions.</summary>
internal sealed class Exchange
{
    private readonly HttpClient http;
    private readonly Uri baseAddress;
    private readonly RetryOptions retries;

    public Exchange(HttpClient http, RetryOptions retries)
    {
        this.http = http;
        this.retries = retries;
        var address = (http.BaseAddress ?? throw new ArgumentException("The HttpClient needs a BaseAddress.", nameof(http))).AbsoluteUri;
        // Without the slash, the last segment of the base path would be replaced.
        baseAddress = new Uri(address.EndsWith('/') ? address : $"{address}/");
    }

    /// <summary>Sends a call and returns the response.</summary>
    /// <exception cref="ProblemException">The service refused the request.</exception>
    /// <exception cref="HttpRequestException">There was no response.</exception>
    public async Task<Reply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        var reply = await AnswerAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Status is (>= 200 and < 300) or (int)HttpStatusCode.NotModified ? reply : throw new ProblemException(reply);
    }

    /// <summary>
    /// Sends a DELETE: true when this call deleted the resource, false when there was none. A 404 after a lost response counts as success:
    /// most likely the first attempt deleted it, and if another client did, the result is the same.
    /// </summary>
    /// <exception cref="ProblemException">The service refused the request.</exception>
    /// <exception cref="HttpRequestException">There was no response.</exception>
    public async Task<bool> RemoveAsync(Call call, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(call, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException problem) when (problem.IsNotFound)
        {
            return problem.MayBeDone;
        }
    }

    /// <summary>Sends a call and returns the events of the response, which the caller disposes.</summary>
    /// <exception cref="ProblemException">The service refused the request.</exception>
    /// <exception cref="HttpRequestException">There was no response.</exception>
    public async Task<EventStream> OpenAsync(Call call, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(call with { IsStream = true }, cancellationToken).ConfigureAwait(false);
        return new(reply.Stream!, retries.Clock, cancellationToken);
    }

    /// <summary>Waits before a lost stream is opened again: at first shortly, then longer, to 6.4 seconds.</summary>
    /// <param name="losses">How often streams were lost in succession before this one.</param>
    /// <param name="cancellationToken">Ends the delay.</param>
    /// <exception cref="HttpRequestException">Retries are disabled.</exception>
    public Task PauseAsync(int losses, CancellationToken cancellationToken) => retries.Repeats > 0
        ? Task.Delay(Delay(Math.Min(losses, 5)), retries.Clock, cancellationToken)
        : throw new HttpRequestException(HttpRequestError.ResponseEnded, "The stream has ended.");

    /// <summary>How long a call may wait: as long as wanted, within the timeout of the HttpClient.</summary>
    public TimeSpan MaxWait(TimeSpan wanted) =>
        http.Timeout == Timeout.InfiniteTimeSpan || http.Timeout > wanted * 2 ? wanted : http.Timeout / 2;

    private async Task<Reply> AnswerAsync(Call call, CancellationToken cancellationToken)
    {
        var start = retries.Clock.GetTimestamp();
        var mayBeDone = false;
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await TryAsync(call, cancellationToken).ConfigureAwait(false);
            var isRetried = outcome.IsUnprocessed || (outcome.IsUnknown && call.IsRepeatable);
            var delay = outcome.Reply?.RetryAfter ?? Delay(attempt);
            if (!isRetried || attempt >= retries.Repeats || retries.Clock.GetElapsedTime(start) + delay > retries.TimeLimit + call.Wait)
            {
                return outcome.Answer() with { FollowsLostAnswer = mayBeDone };
            }

            mayBeDone |= outcome.IsUnknown;
            await Task.Delay(delay, retries.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Outcome> TryAsync(Call call, CancellationToken cancellationToken)
    {
        using var message = call.ToMessage(baseAddress);
        try
        {
            // The body is read here, so that a connection that breaks within it counts as a lost response.
            var completion = call.IsStream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
            var response = await http.SendAsync(message, completion, cancellationToken).ConfigureAwait(false);
            if (call.IsStream && response.IsSuccessStatusCode)
            {
                return new(await Reply.OfStreamAsync(response, cancellationToken).ConfigureAwait(false), null);
            }

            using (response)
            {
                return new(await Reply.OfAsync(response, retries.Clock, cancellationToken).ConfigureAwait(false), null);
            }
        }
        catch (HttpRequestException failure)
        {
            return new(null, failure);
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            // The timeout of the HttpClient is reported like other lost responses.
            return new(null, new HttpRequestException("The service did not answer in time.", timeout));
        }
    }

    // Jitter, so that clients that failed together do not return together.
    private TimeSpan Delay(int attempt) =>
        retries.FirstPause * Math.Pow(2, Math.Min(attempt, 20)) * (0.75 + (Random.Shared.NextDouble() / 2));

    /// <summary>The outcome of an attempt: a response, or the failure.</summary>
    private sealed record Outcome(Reply? Reply, HttpRequestException? Lost)
    {
        /// <summary>True when the service cannot have executed the call.</summary>
        public bool IsUnprocessed => Reply?.Status == 429
            || Lost?.HttpRequestError
                is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

        /// <summary>True when the service may have executed the call: a 503 can follow a write whose commit was not confirmed.</summary>
        public bool IsUnknown => Reply?.Status == 503 || (Lost is not null && !IsUnprocessed);

        public Reply Answer() => Reply ?? throw Lost!;
    }
}
