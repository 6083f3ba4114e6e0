namespace ContactsService.Scim;

/// <summary>The target of a PATCH operation (RFC 7644, 3.5.2).</summary>
/// <param name="Path">The attribute or sub-attribute.</param>
/// <param name="Filter">Selects entries of the list; null for all.</param>
internal sealed record ScimPath(ScimAttributePath Path, ScimFilter? Filter)
{
    /// <summary>
    /// Parses a path such as <c>name.familyName</c>, <c>emails[type eq "work"].value</c> or <c>urn:…:User:department</c>.
    /// </summary>
    /// <exception cref="ScimException"><c>invalidPath</c>.</exception>
    public static ScimPath Parse(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return new(Find(text), null);
        }

        var close = text.LastIndexOf(']');
        var rest = close < open ? "" : text[(close + 1)..];
        if (close < open || (rest.Length > 0 && rest[0] != '.'))
        {
            throw ScimException.InvalidPath(
                $"The brackets of the path {ScimException.Quote(text)} must be closed, and only a sub-attribute may follow them.");
        }

        var list = Find(text[..open]);
        RefuseSingle(list);
        return new(Find(text[..open] + rest), ReadFilter(text[(open + 1)..close], list));
    }

    private static ScimAttributePath Find(string name) =>
        ScimAttributePath.Find(name) ?? throw ScimException.InvalidPath($"There is no attribute {ScimException.Quote(name)}.");

    private static void RefuseSingle(ScimAttributePath path)
    {
        if (path is not { Sub: null, Attribute: { IsMultiValued: true, Type: ScimType.Complex } })
        {
            throw ScimException.InvalidPath($"{path} is not a list of entries, so brackets cannot select from it.");
        }
    }

    private static ScimFilter ReadFilter(string text, ScimAttributePath list)
    {
        try
        {
            return new ScimFilterParser(text).Read(list);
        }
        catch (ScimException invalid)
        {
            throw ScimException.InvalidPath(invalid.Message); // RFC 7644, table 9: an invalid filter in a PATCH path is invalidPath
        }
    }
}
