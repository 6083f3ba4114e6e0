using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ContactsService.Changes.Webhooks;

/// <summary>The metrics of webhooks. <c>docs/operating.md</c> lists them.</summary>
internal static class WebhookMetrics
{
    private static readonly Meter Source = new("ContactsService.Webhooks");

    private static readonly Histogram<double> Deliveries = Source.CreateHistogram<double>(
        "contacts.webhooks.deliveries", "s", "Attempts to deliver messages, by how long the receiver took and whether they succeeded.");

    private static readonly Histogram<double> Lag = Source.CreateHistogram<double>(
        "contacts.webhooks.lag", "s", "Time from the making of a message to its acknowledgement.");

    private static readonly Counter<long> Disabled =
        Source.CreateCounter<long>("contacts.webhooks.disabled", "{webhook}", "Webhooks that were disabled because of their receivers.");

    /// <summary>Notes an attempt.</summary>
    public static void Delivered(string type, WebhookOutcome outcome) => Deliveries.Record(
        outcome.Duration.TotalSeconds, new TagList { { "type", type }, { "result", outcome.HasSucceeded ? "success" : "failure" } });

    /// <summary>Notes that a message was acknowledged.</summary>
    public static void Acknowledged(TimeSpan lag) => Lag.Record(lag.TotalSeconds);

    /// <summary>Notes that a webhook was disabled.</summary>
    public static void Ended(string reason) => Disabled.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Registers the gauge of webhooks that are being served.</summary>
    public static void ObserveServing(Func<int> serving) => Source.CreateObservableGauge(
        "contacts.webhooks.serving", serving, "{webhook}", "Webhooks that this instance delivers for at the moment.");
}
