using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A page of contacts.</summary>
internal sealed record ContactList
{
    /// <summary>In the order that was asked for.</summary>
    public required IReadOnlyList<EntryOf<ContactDocument>> Contacts { get; init; }

    /// <summary>All of the caller's groups; on the first page only.</summary>
    public IReadOnlyList<EntryOf<GroupDocument>>? Groups { get; init; }

    /// <summary>Leads to the next page; absent on the last.</summary>
    public string? NextPageToken { get; init; }
}
