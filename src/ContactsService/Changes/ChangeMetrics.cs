using System.Diagnostics.Metrics;

namespace ContactsService.Changes;

/// <summary>The metrics of changes. <c>docs/operating.md</c> lists them.</summary>
internal static class ChangeMetrics
{
    private static readonly Meter Source = new("ContactsService.Changes");

    public static readonly Counter<long> Sent = Source.CreateCounter<long>(
        "contacts.changes.sent", "{change}", "Changes that callers were sent.");

    public static readonly UpDownCounter<long> Watching = Source.CreateUpDownCounter<long>(
        "contacts.changes.watching", "{request}", "Requests that wait for changes, and open streams.");

    public static readonly Counter<long> Looks = Source.CreateCounter<long>(
        "contacts.changes.looks", "{query}", "Queries that look for all waiting requests whether something changed.");
}
