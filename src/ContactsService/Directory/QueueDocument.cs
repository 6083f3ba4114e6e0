using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>A queue as it is answered.</summary>
internal sealed record QueueDocument
{
    /// <summary>A UUID version 7; also the contactId.</summary>
    public required string QueueId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The number at which the queue is reached.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>What the queue is for.</summary>
    public string? Description { get; init; }

    /// <summary>Times and version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A page of queues.</summary>
internal sealed record QueueList
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<EntryOf<QueueDocument>> Queues { get; init; }

    /// <summary>For the next page; absent on the last one.</summary>
    public string? NextPageToken { get; init; }
}
