using System.Diagnostics.Metrics;

namespace ContactsService.Books;

/// <summary>The metrics of books. <c>docs/operating.md</c> lists them.</summary>
internal static class BookMetrics
{
    private static readonly Meter Source = new("ContactsService.Books");

    public static readonly Counter<long> Writes =
        Source.CreateCounter<long>("contacts.book.writes", "{write}", "Committed write transactions.");

    public static readonly Histogram<double> QueueWait =
        Source.CreateHistogram<double>("contacts.book.queue_wait", "s", "Time that a writer waited for a slot of its book.");
}
