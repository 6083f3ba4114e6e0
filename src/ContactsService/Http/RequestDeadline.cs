namespace ContactsService.Http;

/// <summary>
/// The time a request has for everything but the arrival of its body. A database that hangs keeps a request longer than
/// its caller should wait: then the caller is answered, and what still runs may end but not answer.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly TaskCompletionSource expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan time;
    private readonly Timer timer;
    private int answered;

    /// <summary>Begins to count.</summary>
    public RequestDeadline(TimeSpan time)
    {
        this.time = time;
        timer = new Timer(static deadline => ((RequestDeadline)deadline!).expired.TrySetResult(), this, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the time is over.</summary>
    public Task Expired => expired.Task;

    /// <summary>True for the one who may answer: the request itself, or whoever speaks for it when its time is over.</summary>
    public bool TryAnswer() => Interlocked.Exchange(ref answered, 1) == 0;

    /// <summary>Does not count while the body arrives; that has a time of its own.</summary>
    public void Pause() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Counts from the beginning.</summary>
    public void Restart() => timer.Change(time, Timeout.InfiniteTimeSpan);

    /// <summary>Stops counting.</summary>
    public void Dispose() => timer.Dispose();
}
