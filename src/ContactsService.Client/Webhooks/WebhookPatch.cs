namespace ContactsService.Client;

/// <summary>
/// What to change of a webhook (JSON Merge Patch, RFC 7396). A property that is never assigned stays as it is. Not to be changed while it
/// is sent.
/// </summary>
public sealed class WebhookPatch
{
    internal PatchMembers Changes { get; } = new();

    /// <summary>The address of the receiver; cannot be unset.</summary>
    public string? Url { get => Changes.Get<string>(); set => Changes.Set(value); }

    /// <summary>The kinds of changes to tell of: <see cref="ChangeKinds"/>; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get => Changes.Get<IReadOnlyList<string>>(); set => Changes.Set(value); }

    /// <summary>One of <see cref="WebhookStatuses"/>. active tells the receiver at once of what has changed meanwhile.</summary>
    public string? Status { get => Changes.Get<string>(); set => Changes.Set(value); }
}
