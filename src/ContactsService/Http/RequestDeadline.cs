using System.Diagnostics;

namespace ContactsService.Http;

/// <summary>
/// The time limit of a request, apart from the arrival of its body. When a slow database exceeds it, the caller gets an answer; what still
/// runs may end but not answer.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly TaskCompletionSource expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan time;
    private readonly Timer timer;
    private TimeSpan left;
    private long begun;
    private int answered;

    /// <summary>Starts the time limit.</summary>
    public RequestDeadline(TimeSpan time)
    {
        this.time = left = time;
        begun = Stopwatch.GetTimestamp();
        timer = new Timer(static deadline => ((RequestDeadline)deadline!).expired.TrySetResult(), this, time, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when the time is over.</summary>
    public Task Expired => expired.Task;

    /// <summary>True for the first caller, who may answer: the request itself, or the error writer when the time is over.</summary>
    public bool TryAnswer() => Interlocked.Exchange(ref answered, 1) == 0;

    /// <summary>Stops the time while the body arrives, which has a limit of its own.</summary>
    public void Pause()
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        left -= Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Goes on after <see cref="Pause"/> with the time that was left.</summary>
    public void Resume()
    {
        begun = Stopwatch.GetTimestamp();
        timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the time limit again, in full, for requests that take several times its length by design.</summary>
    public void Restart()
    {
        left = time;
        Resume();
    }

    public void Dispose() => timer.Dispose();
}
