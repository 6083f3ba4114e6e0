using System.Collections.Concurrent;
using ContactsService.Storage;

namespace ContactsService.Webex;

/// <summary>
/// Serializes the first reads of a book without groups. The SDK creates a default group when it sees none, under an encrypted name, so
/// clients that start together would each create one. One session reads; the others wait until there is a group or the session has been
/// silent for a while. Safe for any number of threads. It works per instance: sessions on different instances do not wait for each other.
/// </summary>
internal sealed class FirstGroupGate(TimeProvider time, Clock clock)
{
    private const string Header = "trackingid";
    private const int MaxEntries = 10_000;

    private static readonly TimeSpan SessionTime = TimeSpan.FromSeconds(1);

    // Well within the time limit of an answer. At worst an extra group is created, as it would be without the gate.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<Guid, Flight> flights = new();

    /// <summary>Returns the session of a request, which is the same for all requests of one client object; null when it has none.</summary>
    public static string? SessionOf(HttpRequest request)
    {
        // webex-js-sdk_<uuid>_<number>
        var id = request.Headers[Header].ToString();
        var end = id.LastIndexOf('_');
        return end > 0 ? id[..end] : null;
    }

    /// <summary>Returns the deadline for the wait of a request that begins now, by <see cref="Clock.Monotonic"/>.</summary>
    public TimeSpan Begin() => clock.Monotonic + WaitLimit;

    /// <summary>
    /// True when this session may get its answer. False when it has to read again: it has waited, or what it read may be older than the
    /// group that another session has created since.
    /// </summary>
    public async Task<bool> EnterAsync(Guid book, string? session, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var now = clock.Monotonic;
        if (session is null || now >= deadline)
        {
            return true;
        }

        Purge(now);
        var until = now + SessionTime;
        var hadEntered = flights.TryGetValue(book, out var current) && current.Session == session;
        var flight = flights.AddOrUpdate(
            book,
            _ => new(session, until, new(TaskCreationOptions.RunContinuationsAsynchronously)),
            (_, other) => other.Session == session || other.Until <= now ? new(session, until, other.Opened) : other);
        if (flight.Session == session)
        {
            return hadEntered;
        }

        await Task.WhenAny(
            flight.Opened.Task, Task.Delay((flight.Until < deadline ? flight.Until : deadline) - now, time, cancellationToken));
        return false;
    }

    /// <summary>Makes other sessions wait while this session creates a group.</summary>
    public void Hold(Guid book, string? session)
    {
        if (session is not null && flights.TryGetValue(book, out var flight) && flight.Session == session)
        {
            flights.TryUpdate(book, flight with { Until = clock.Monotonic + WaitLimit }, flight);
        }
    }

    /// <summary>Ends the wait of all sessions: there is a group, or this session will not create one.</summary>
    public void Open(Guid book)
    {
        if (flights.TryRemove(book, out var flight))
        {
            flight.Opened.TrySetResult();
        }
    }

    private void Purge(TimeSpan now)
    {
        if (flights.Count > MaxEntries)
        {
            foreach (var (book, flight) in flights)
            {
                if (flight.Until <= now)
                {
                    flights.TryRemove(new(book, flight));
                }
            }
        }
    }

    private sealed record Flight(string Session, TimeSpan Until, TaskCompletionSource Opened);
}
