using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>A page of groups.</summary>
public sealed record GroupPage
{
    /// <summary>The groups in the requested order.</summary>
    public IReadOnlyList<ContactGroup> Groups { get; init; } = [];

    /// <summary>The token of the next page; null on the last page.</summary>
    public string? NextPageToken { get; init; }

    /// <summary>The ETag of the list, to check later whether it has changed; null when the service sent none.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
