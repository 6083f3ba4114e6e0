using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>A queue as it is answered.</summary>
internal sealed record QueueDocument
{
    /// <summary>A UUID version 7. It is also the contactId.</summary>
    public required string QueueId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The phone number of the queue.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The purpose of the queue.</summary>
    public string? Description { get; init; }

    /// <summary>The times and the version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A page of queues.</summary>
internal sealed record QueueList
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<EntryOf<QueueDocument>> Queues { get; init; }

    /// <summary>The token of the next page; absent on the last page.</summary>
    public string? NextPageToken { get; init; }
}
