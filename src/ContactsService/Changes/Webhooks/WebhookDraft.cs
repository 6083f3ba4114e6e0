using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Changes.Webhooks;

/// <summary>The webhook to make.</summary>
internal sealed record WebhookDraft
{
    /// <summary>All kinds of what changes, as the feed of changes names them.</summary>
    public static readonly string[] AllKinds = ["contact", "group", "directoryGroup"];

    /// <summary>
    /// The address of the receiver, with https: up to 2048 characters, without a user name and a fragment, with port 443 or 1024 and
    /// above, and on the internet. Required.
    /// </summary>
    [MaxLength(WebhookUrl.MaxLength)]
    public string? Url { get; init; }

    /// <summary>The kinds of changes to tell of; all when left out.</summary>
    [AllowedValues("contact", "group", "directoryGroup")]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Whose book to watch: me or your own id, which is the default, or for admins the organization's id.</summary>
    public string? OwnerId { get; init; }

    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static WebhookDraft Read(JsonElement json, WebhookOptions options)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var draft = new WebhookDraft
        {
            Url = ReadUrl(members, options),
            Kinds = ReadKinds(members),
            OwnerId = members.Text("ownerId"),
        };
        members.RefuseUnknown();
        errors.ThrowIfAny();
        return draft;
    }

    internal static string? ReadUrl(MemberReader members, WebhookOptions options)
    {
        var url = members.Text("url");
        if (url is null)
        {
            members.Refuse("url", "A webhook has the address of a receiver.");
        }
        else if (WebhookUrl.Explain(url, options.AllowPrivateAddresses) is { } mistake)
        {
            members.Refuse("url", mistake);
        }

        return url;
    }

    /// <summary>In the order of <see cref="AllKinds"/>.</summary>
    internal static IReadOnlyList<string> ReadKinds(MemberReader members)
    {
        var sent = members.Texts("kinds") ?? AllKinds;
        if (sent.Count == 0 || sent.Except(AllKinds, StringComparer.Ordinal).Any())
        {
            members.Refuse("kinds", $"Must have one or more of: {string.Join(", ", AllKinds)}.");
        }

        return [.. AllKinds.Where(kind => sent.Contains(kind, StringComparer.Ordinal))];
    }
}

/// <summary>What callers change of a webhook.</summary>
internal sealed record WebhookChange
{
    private static readonly string[] Statuses = [Webhook.Active, Webhook.Disabled];

    /// <summary>The address of the receiver, as when a webhook is made. Another one is tried at once.</summary>
    [MaxLength(WebhookUrl.MaxLength)]
    public string? Url { get; init; }

    /// <summary>The kinds of changes to tell of; null for all.</summary>
    [AllowedValues("contact", "group", "directoryGroup")]
    [TakesNull]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>disabled ends deliveries; active begins them again, at once, with what has changed meanwhile.</summary>
    [AllowedValues(Webhook.Active, Webhook.Disabled)]
    public string? Status { get; init; }

    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static WebhookChange Read(JsonElement json, Webhook current, WebhookOptions options)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var change = new WebhookChange
        {
            Url = WebhookDraft.ReadUrl(members, options),
            Kinds = WebhookDraft.ReadKinds(members),
            Status = members.Text("status"),
        };
        RequireSame(members, "webhookId", current.WebhookId.ToString());
        RequireSame(members, "ownerId", current.OwnerId);
        members.Ignore("disabledReason", "disabledAt", "meta"); // what was read may be sent back
        members.RefuseUnknown();
        if (!Statuses.Contains(change.Status, StringComparer.Ordinal))
        {
            members.Refuse("status", "Must be active or disabled.");
        }

        errors.ThrowIfAny();
        return change;
    }

    private static void RequireSame(MemberReader members, string name, string value)
    {
        if (members.Text(name) is { } sent && sent != value)
        {
            members.Refuse(name, "Cannot be changed.");
        }
    }
}
