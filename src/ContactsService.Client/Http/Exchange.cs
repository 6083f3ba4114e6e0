using System.Net;

namespace ContactsService.Client;

/// <summary>Sends calls, repeats those that may be, and turns refusals into exceptions.</summary>
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
        // Without the slash the last part of a path would be replaced instead of continued.
        baseAddress = new Uri(address.EndsWith('/') ? address : $"{address}/");
    }

    /// <summary>Sends a call and gives what was answered to it.</summary>
    /// <exception cref="ProblemException">It was refused.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<Reply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        var reply = await AnswerAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Status is (>= 200 and < 300) or (int)HttpStatusCode.NotModified ? reply : throw new ProblemException(reply);
    }

    /// <summary>
    /// Sends a DELETE: true when it is gone by this call, false when there was nothing. A 404 behind a lost answer is success: the first attempt
    /// is the likely reason, and if it was somebody else, what was asked for holds all the same.
    /// </summary>
    /// <exception cref="ProblemException">It was refused.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<bool> RemoveAsync(Call call, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(call, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException missing) when (missing.IsNotFound)
        {
            return missing.MayBeDone;
        }
    }

    private async Task<Reply> AnswerAsync(Call call, CancellationToken cancellationToken)
    {
        var start = retries.Clock.GetTimestamp();
        var mayBeDone = false;
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await TryAsync(call, cancellationToken).ConfigureAwait(false);
            var repeated = outcome.IsUnprocessed || (outcome.IsUnknown && call.CanBeDoneTwice);
            var pause = outcome.Reply?.RetryAfter ?? Pause(attempt);
            if (!repeated || attempt >= retries.Repeats || retries.Clock.GetElapsedTime(start) + pause > retries.TimeLimit)
            {
                return outcome.Answer() with { FollowsLostAnswer = mayBeDone };
            }

            mayBeDone |= outcome.IsUnknown;
            await Task.Delay(pause, retries.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Outcome> TryAsync(Call call, CancellationToken cancellationToken)
    {
        using var message = call.ToMessage(baseAddress);
        try
        {
            // The body is read here, too: a connection that breaks within it is a lost answer like any other.
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
            return new(await Reply.OfAsync(response, retries.Clock, cancellationToken).ConfigureAwait(false), null);
        }
        catch (HttpRequestException lost)
        {
            return new(null, lost);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            // The timeout of the HttpClient, said in the way of all other lost answers.
            return new(null, new HttpRequestException("The service did not answer in time.", late));
        }
    }

    // A part of it is chance, so that clients that failed together do not come back together.
    private TimeSpan Pause(int attempt) => retries.FirstPause * Math.Pow(2, Math.Min(attempt, 20)) * (0.75 + (Random.Shared.NextDouble() / 2));

    /// <summary>What came of an attempt: an answer, or the way it was lost.</summary>
    private sealed record Outcome(Reply? Reply, HttpRequestException? Lost)
    {
        /// <summary>Nothing can have been done.</summary>
        public bool IsUnprocessed => Reply?.Status == 429
            || Lost?.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

        /// <summary>It may have been done: a 503 can follow a write whose commit was not answered.</summary>
        public bool IsUnknown => Reply?.Status == 503 || (Lost is not null && !IsUnprocessed);

        public Reply Answer() => Reply ?? throw Lost!;
    }
}
