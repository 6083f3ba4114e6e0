using ContactsService.Http;

namespace ContactsService.Filtering;

/// <summary>The query parameters of a list: what people use first, each operator of each attribute last.</summary>
internal static class FilterParameters
{
    private static readonly DescribedParameter[] Page =
    [
        new("sort", "Attributes, separated by commas; a minus sign turns the order, as in lastName,-lastModified."),
        new("pageSize", "The most entries of a page.")
        {
            Type = ParameterType.Number,
            Minimum = 1,
            Maximum = ListQuery.MaxPageSize,
            Default = ListQuery.DefaultPageSize,
        },
        new("pageToken", "The nextPageToken of the page before, with the same query."),
        new("fields", "Members to answer with, separated by commas. The id is always there."),
    ];

    /// <summary>All parameters.</summary>
    /// <param name="attributes">What the list is filtered by.</param>
    /// <param name="first">The names of the attributes that most callers use.</param>
    public static IEnumerable<DescribedParameter> Of(AttributeSet attributes, IReadOnlyList<string> first) =>
    [
        .. first.Select(name => Equal(attributes.Find(name)!)),
        .. Page,
        .. attributes.All.Where(attribute => !first.Contains(attribute.Name, StringComparer.Ordinal)).Select(Equal),
        .. attributes.All.SelectMany(attribute =>
            attribute.Operators.Where(name => name.Length > 0).Select(name => Operator(attribute, name))),
        .. attributes.Families.Keys.Select(Family),
    ];

    private static DescribedParameter Equal(Attribute attribute)
    {
        var aliases = attribute.Aliases.Count == 0 ? "" : $" Also: {string.Join(", ", attribute.Aliases)}.";
        return Typed(attribute, new(attribute.Name, Meaning(attribute.Kind) + aliases) { IsRepeated = true });
    }

    private static string Meaning(AttributeKind kind) => kind switch
    {
        AttributeKind.Text => "Equal, in any case.",
        AttributeKind.Id => "The id.",
        AttributeKind.Word => "One of these.",
        AttributeKind.Flag => "true or false.",
        AttributeKind.Time => "Exactly this time.",
        AttributeKind.Number => "Equal.",
        AttributeKind.Phones => "A number of the contact, by its digits.",
        AttributeKind.Ids => "One of its ids.",
        AttributeKind.Date => "A date such as 2001-02-03, 2001-02 or --02-03.",
        _ => "Any entry is equal, in any case.",
    };

    private static DescribedParameter Family(string prefix) => new(
        prefix.TrimEnd('.'),
        $"Filters by {prefix}<key>, as in {prefix}crm=4711 or {prefix}crm[startsWith]=47. Keys of this object are names of parameters.")
    {
        Type = ParameterType.Names,
    };

    private static DescribedParameter Operator(Attribute attribute, string name) => name switch
    {
        "exists" => new($"{attribute.Name}[exists]", "true: has a value; false: has none.") { Type = ParameterType.Flag },
        "ne" => Typed(attribute, new($"{attribute.Name}[ne]", "Has none of these values.") { IsRepeated = true }),
        "startsWith" => new($"{attribute.Name}[startsWith]", "Starts with one of these, in any case.") { IsRepeated = true },
        "contains" => new($"{attribute.Name}[contains]", "Contains one of these, in any case.") { IsRepeated = true },
        "gt" => Typed(attribute, new($"{attribute.Name}[gt]", "Greater or later.")),
        "gte" => Typed(attribute, new($"{attribute.Name}[gte]", "Equal, greater or later.")),
        "lt" => Typed(attribute, new($"{attribute.Name}[lt]", "Less or earlier.")),
        "lte" => Typed(attribute, new($"{attribute.Name}[lte]", "Equal, less or earlier.")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This operator has no description."),
    };

    private static DescribedParameter Typed(Attribute attribute, DescribedParameter parameter) => parameter with
    {
        Words = attribute.Words,
        Type = attribute.Kind switch
        {
            AttributeKind.Number => ParameterType.Number,
            AttributeKind.Flag => ParameterType.Flag,
            AttributeKind.Time => ParameterType.Time,
            _ => ParameterType.Text,
        },
    };
}
