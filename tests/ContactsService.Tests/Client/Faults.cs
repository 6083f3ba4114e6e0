using System.Net;

namespace ContactsService.Tests.Client;

/// <summary>Lets the service do its work and then loses its first answers, as a connection does that breaks.</summary>
internal sealed class LostAnswers(int count) : DelegatingHandler
{
    /// <summary>The requests that reached the service, with their keys.</summary>
    public List<(HttpMethod Method, string? Key)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request.Method, request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
        var response = await base.SendAsync(request, cancellationToken);
        if (Requests.Count > count)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException(HttpRequestError.ResponseEnded);
    }
}

/// <summary>Answers the first requests itself, with a status and a Retry-After.</summary>
internal sealed class Refusals(int count, HttpStatusCode status, TimeSpan? retryAfter = null) : DelegatingHandler
{
    public int Requests { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (++Requests > count)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } pause ? new(pause) : null;
        return response;
    }
}

/// <summary>A clock whose pauses are over at once, and remembered.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private TimeSpan passed;

    public List<TimeSpan> Pauses { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Add(dueTime);
        passed += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Done();
    }

    private sealed class Done : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
