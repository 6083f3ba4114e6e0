using ContactsService.Contacts;
using ContactsService.Groups;

namespace ContactsService.Webex;

/// <summary>The whole book of a Webex client; for the OpenAPI document.</summary>
internal sealed record WebexList
{
    /// <summary>All contacts that the client can decrypt.</summary>
    public required IReadOnlyList<Contact> Contacts { get; init; }

    /// <summary>All groups whose names it can decrypt, oldest first.</summary>
    public required IReadOnlyList<GroupDocument> Groups { get; init; }
}
