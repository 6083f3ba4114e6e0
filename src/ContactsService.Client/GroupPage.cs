using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>One page of groups.</summary>
public sealed record GroupPage
{
    /// <summary>In the order that was asked for.</summary>
    public IReadOnlyList<ContactGroup> Groups { get; init; } = [];

    /// <summary>Leads to the next page; null on the last.</summary>
    public string? NextPageToken { get; init; }

    /// <summary>The version of all that the list is made of, to ask whether it has changed.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
