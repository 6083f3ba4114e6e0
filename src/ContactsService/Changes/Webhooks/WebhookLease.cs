namespace ContactsService.Changes.Webhooks;

/// <summary>The right of one instance to deliver for an organization.</summary>
internal sealed class WebhookLease
{
    public required string Organization { get; init; }

    /// <summary>The instance: <see cref="WebhookQueue.Holder"/>.</summary>
    public Guid Holder { get; init; }

    /// <summary>When others may take it, by the database's clock, UTC.</summary>
    public DateTime Expires { get; init; }
}
