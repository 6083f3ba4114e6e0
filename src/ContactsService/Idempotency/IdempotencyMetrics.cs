using System.Diagnostics.Metrics;

namespace ContactsService.Idempotency;

/// <summary>What the service counts of retries; <c>docs/operating.md</c> lists it.</summary>
internal static class IdempotencyMetrics
{
    private static readonly Meter Source = new("ContactsService.Idempotency");

    /// <summary>Retries that were answered with the first answer.</summary>
    public static readonly Counter<long> Replays =
        Source.CreateCounter<long>("contacts.idempotency.replays", "{request}", "Retries that were answered with the kept first answer.");
}
