namespace ContactsService.Changes;

/// <summary>How far a book has been read, in the order of version, kind and id.</summary>
/// <param name="Version">Everything of earlier versions has been read.</param>
/// <param name="Kind">The kind of the last that was read of this version; null when all of it has been read.</param>
/// <param name="Id">The id of that; null as well.</param>
internal readonly record struct BookPosition(long Version, string? Kind = null, string? Id = null)
{
    /// <summary>The latest version of which nothing is left to read.</summary>
    public long CompleteVersion => Kind is null ? Version : Version - 1;

    /// <summary>The place as a pair: what is left to read of a kind is greater by (version, id).</summary>
    public (long Version, string Id) Of(string kind) => string.CompareOrdinal(Kind, kind) switch
    {
        _ when Kind is null => (Version + 1, ""),
        0 => (Version, Id!),
        < 0 => (Version, ""),
        _ => (Version + 1, ""),
    };
}

/// <summary>
/// How far a caller has read both books. In a first copy, deletions up to the revisions of its beginning are left out: what they are about
/// was never sent.
/// </summary>
internal sealed record ChangePosition
{
    /// <summary>The caller's own book.</summary>
    public required BookPosition Own { get; init; }

    /// <summary>The organization's book.</summary>
    public required BookPosition Shared { get; init; }

    /// <summary>The revision of the own book when its first copy began; 0 when it is complete.</summary>
    public long OwnStart { get; init; }

    /// <summary>The revision of the organization's book when its first copy began; 0 when it is complete.</summary>
    public long SharedStart { get; init; }

    /// <summary>The same place. A first copy that has reached its beginning is complete.</summary>
    public ChangePosition Reduced => this with
    {
        OwnStart = Own.CompleteVersion < OwnStart ? OwnStart : 0,
        SharedStart = Shared.CompleteVersion < SharedStart ? SharedStart : 0,
    };
}
