using System.Collections.Concurrent;

namespace ContactsService.Webex;

/// <summary>
/// Lets one session of a book without groups read at a time. The SDK makes a default group when it sees none, under a name that nobody
/// but its user can read: clients that start together would each make one. Others wait until there is a group,
/// or the one at work has shown no sign for a while. Safe for any number of threads; each instance of the service has
/// its own, so across instances it only helps those that meet.
/// </summary>
internal sealed class FirstGroupGate(TimeProvider time)
{
    private const string Header = "trackingid";
    private const int MaxSlots = 10_000;

    private static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(1);

    // Well within the time for an answer: at worst a group too many is made, as without the gate.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<Guid, Turn> turns = new();

    /// <summary>The session of a request: its id is the same for all requests of one client object; null when it has none.</summary>
    public static string? SessionOf(HttpRequest request)
    {
        // webex-js-sdk_<uuid>_<number>
        var id = request.Headers[Header].ToString();
        var end = id.LastIndexOf('_');
        return end > 0 ? id[..end] : null;
    }

    /// <summary>Until when a request that begins now waits at most.</summary>
    public DateTimeOffset Begin() => time.GetUtcNow() + WaitLimit;

    /// <summary>True when this session may have its answer; otherwise it has waited, and is to look again.</summary>
    public async Task<bool> EnterAsync(Guid book, string? session, DateTimeOffset patience, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (session is null || now >= patience)
        {
            return true;
        }

        Forget(now);
        var until = now + TurnTime;
        var turn = turns.AddOrUpdate(
            book,
            _ => new(session, until, new(TaskCreationOptions.RunContinuationsAsynchronously)),
            (_, other) => other.Session == session || other.Until <= now ? new(session, until, other.Opened) : other);
        if (turn.Session == session)
        {
            return true;
        }

        await Task.WhenAny(turn.Opened.Task, Task.Delay((turn.Until < patience ? turn.Until : patience) - now, time, cancellationToken));
        return false;
    }

    /// <summary>Makes everybody wait while this session makes a group, however slowly.</summary>
    public void Hold(Guid book, string? session)
    {
        if (session is not null && turns.TryGetValue(book, out var turn) && turn.Session == session)
        {
            turns.TryUpdate(book, turn with { Until = time.GetUtcNow() + WaitLimit }, turn);
        }
    }

    /// <summary>Lets everybody go on: there is a group, or there will be none from this session.</summary>
    public void Open(Guid book)
    {
        if (turns.TryRemove(book, out var turn))
        {
            turn.Opened.TrySetResult();
        }
    }

    private void Forget(DateTimeOffset now)
    {
        if (turns.Count > MaxSlots)
        {
            foreach (var (book, turn) in turns)
            {
                if (turn.Until <= now)
                {
                    turns.TryRemove(new(book, turn));
                }
            }
        }
    }

    private sealed record Turn(string Session, DateTimeOffset Until, TaskCompletionSource Opened);
}
