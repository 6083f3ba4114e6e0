namespace ContactsService.Groups;

/// <summary>A contact of a book in a <see cref="GroupBatch"/>, as far as its groups are concerned.</summary>
/// <param name="contactId">Its id.</param>
internal class BatchMember(string contactId)
{
    /// <summary>Its id.</summary>
    public string ContactId { get; } = contactId;

    /// <summary>Its groups.</summary>
    public required Guid[] Groups { get; set; }

    /// <summary>The revision of the book that last changed it.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; set; }

    /// <summary>True when the table has it.</summary>
    public bool IsStored { get; init; }

    /// <summary>True when its groups, version or time are to be stored.</summary>
    public bool IsChanged { get; set; }
}
