using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>One page of contacts.</summary>
public sealed record ContactPage
{
    /// <summary>In the order that was asked for.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>All of your groups, oldest first, on the first page; null on the others.</summary>
    public IReadOnlyList<ContactGroup>? Groups { get; init; }

    /// <summary>Leads to the next page; null on the last.</summary>
    public string? NextPageToken { get; init; }

    /// <summary>The version of all that the list is made of, to ask whether it has changed.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
