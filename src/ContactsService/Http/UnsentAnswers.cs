using System.Diagnostics.Metrics;

namespace ContactsService.Http;

/// <summary>Whom an answer is counted for: the own book of the caller. The module Server registers it.</summary>
internal delegate Guid AnswerOwner(HttpContext http);

/// <summary>
/// The large answers that wait in memory for callers to read them, at most so many bytes for each caller and for the process. An answer
/// that is larger than that is sent when there is no other. Safe for any number of threads.
/// </summary>
internal sealed class UnsentAnswers
{
    private static readonly Meter Source = new("ContactsService.Answers.Unsent");

    private readonly AnswerOwner ownerOf;
    private readonly long maxOfCaller;
    private readonly long maxOfAll;
    private readonly Dictionary<Guid, long> bytesOf = [];
    private long bytes;

    public UnsentAnswers(RequestLimits limits, AnswerOwner ownerOf)
    {
        this.ownerOf = ownerOf;
        maxOfCaller = limits.UnsentMegabytesOfCaller * 1024L * 1024L;
        maxOfAll = limits.UnsentMegabytes * 1024L * 1024L;
        Source.CreateObservableGauge(
            "contacts.answers.unsent", () => Volatile.Read(ref bytes), "By", "Large answers that callers have not read yet.");
    }

    /// <summary>Counts an answer until the result is disposed.</summary>
    /// <exception cref="ProblemException">
    /// <c>too-many-requests</c>, <c>unavailable</c>: there is no room. Not for answers to writes, which have been executed.
    /// </exception>
    public IDisposable Add(HttpContext http, int size)
    {
        var owner = ownerOf(http);
        lock (bytesOf)
        {
            var own = bytesOf.GetValueOrDefault(owner);
            if (HttpMethods.IsGet(http.Request.Method))
            {
                RequireRoom(own, size);
            }

            bytesOf[owner] = own + size;
            bytes += size;
        }

        return new Entry(this, owner, size);
    }

    private void RequireRoom(long own, int size)
    {
        if (own > 0 && own + size > maxOfCaller)
        {
            throw new ProblemException(
                Problems.TooManyRequests, "You have not read earlier answers yet. Read them, then send the request again.");
        }

        if (bytes > 0 && bytes + size > maxOfAll)
        {
            throw new ProblemException(
                Problems.Unavailable, "Too many large answers are being sent. Send the request again after the seconds in Retry-After.");
        }
    }

    private void Remove(Guid owner, int size)
    {
        lock (bytesOf)
        {
            bytes -= size;
            if ((bytesOf[owner] -= size) == 0)
            {
                bytesOf.Remove(owner);
            }
        }
    }

    private sealed class Entry(UnsentAnswers answers, Guid owner, int size) : IDisposable
    {
        public void Dispose() => answers.Remove(owner, size);
    }
}
