namespace ContactsService.Storage;

/// <summary>The only place that reads the time.</summary>
internal sealed class Clock(TimeProvider time)
{
    /// <summary>UTC, truncated to the microseconds that PostgreSQL keeps, so that the answer to a write and the next read agree.</summary>
    public DateTime Now
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>A time that only grows, for how long something is kept in memory: nobody sets it, as the system's clock is set.</summary>
    public TimeSpan Monotonic => time.GetElapsedTime(0);
}
