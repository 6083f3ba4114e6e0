namespace ContactsService.Filtering;

/// <summary>How the values of an attribute compare, and so which operators it takes.</summary>
internal enum AttributeKind
{
    /// <summary>One text, without regard to case.</summary>
    Text,

    /// <summary>An identifier, exactly as written.</summary>
    Id,

    /// <summary>One of a few words, in any case.</summary>
    Word,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A point in time, ISO 8601 with an offset.</summary>
    Time,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A list of texts; any entry counts.</summary>
    Texts,

    /// <summary>A list of phone numbers, by their digits; any entry counts.</summary>
    Phones,

    /// <summary>A list of ids; any entry counts.</summary>
    Ids,

    /// <summary>A date as text, with or without year or day; ranges hold for dates with a year.</summary>
    Date,

    /// <summary>One tag of a list of tagged texts (<c>tag:text</c>); any entry with the tag counts.</summary>
    Tagged,
}

/// <summary>One attribute that can be filtered by and, when it has one value, sorted by.</summary>
/// <param name="Name">The JSON name; a dot leads into an object.</param>
/// <param name="Kind">How values compare.</param>
/// <param name="Column">Where the normalised value is.</param>
internal sealed record Attribute(string Name, AttributeKind Kind, string Column)
{
    /// <summary>Other names a caller may use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>For <see cref="AttributeKind.Word"/>: what there is, as it is stored.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>For <see cref="AttributeKind.Tagged"/>: the tag. It has no colon.</summary>
    public string Tag { get; init; } = "";

    /// <summary>True when an index holds the first 64 characters.</summary>
    public bool HasPrefixIndex { get; init; }

    /// <summary>The column with the first 256 characters that an index has in their order; null for none.</summary>
    public string? SortColumn { get; init; }

    /// <summary>True when the entries are found through the lookup index.</summary>
    public bool HasLookup { get; init; }

    /// <summary>True when column and values are compared by the database's <c>lower()</c>: no folded copy is stored.</summary>
    public bool IsLowered { get; init; }

    /// <summary>True for attributes whose place in a list is defined.</summary>
    public bool CanSort => Kind is not (AttributeKind.Texts or AttributeKind.Phones or AttributeKind.Ids or AttributeKind.Tagged);

    /// <summary>The names of the operators that this attribute takes; the empty one is equality.</summary>
    public IReadOnlyList<string> Operators => OperatorNames.Of(Kind);
}
