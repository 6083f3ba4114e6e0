using System.Diagnostics.Metrics;

namespace ContactsService.Books;

/// <summary>What the service counts of its books; <c>docs/operating.md</c> lists it.</summary>
internal static class BookMetrics
{
    private static readonly Meter Source = new("ContactsService.Books");

    /// <summary>Committed write transactions.</summary>
    public static readonly Counter<long> Writes = Source.CreateCounter<long>("contacts.book.writes", "{write}", "Committed write transactions.");

    /// <summary>Time that writers wait for a slot of their book.</summary>
    public static readonly Histogram<double> QueueWait =
        Source.CreateHistogram<double>("contacts.book.queue_wait", "s", "Time that a writer waited for a slot of its book.");
}
