namespace ContactsService.Groups;

/// <summary>A group in a <see cref="GroupBatch"/>.</summary>
/// <param name="row">Its row; of groups that no operation names, only what the batch reads.</param>
internal sealed class BatchGroup(Group row)
{
    private readonly byte[] storedName = row.NameHash;

    /// <summary>The row as it is now.</summary>
    public Group Row { get; } = row;

    /// <summary>True when the table has it.</summary>
    public bool IsStored { get; init; }

    /// <summary>True when a draft was taken over.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>True when its count, version or time are to be stored.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The ids of its contacts; null when they were not read.</summary>
    public HashSet<string>? Members { get; set; }

    /// <summary>True when the table has another name for it.</summary>
    public bool IsRenamed => IsStored && !Row.NameHash.AsSpan().SequenceEqual(storedName);
}
