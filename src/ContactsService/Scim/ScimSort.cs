namespace ContactsService.Scim;

/// <summary>An order of users (RFC 7644, 3.4.2.3).</summary>
/// <param name="Expression">SQL over <c>directory_user u</c>; null where the user has no value.</param>
/// <param name="IsDescending">True for the reverse order.</param>
internal sealed record ScimSort(string Expression, bool IsDescending)
{
    /// <summary>For ORDER BY. Users without a value come last, or first in the reverse order; those alike by their ids.</summary>
    public string OrderBy => IsDescending ? $"{Expression} DESC NULLS FIRST, u.user_id" : $"{Expression} ASC NULLS LAST, u.user_id";

    /// <summary>Reads the parameters.</summary>
    /// <param name="sortBy">An attribute; of a list, the preferred entry or else the first one counts.</param>
    /// <param name="sortOrder">Null is ascending.</param>
    /// <exception cref="ScimException"><c>invalidPath</c> for the first, <c>invalidValue</c> for the second.</exception>
    public static ScimSort Parse(string sortBy, string? sortOrder)
    {
        var path = ScimAttributePath.Find(sortBy)
            ?? throw ScimException.InvalidPath($"There is no attribute {ScimException.Quote(sortBy)} to sort by.");
        return new(Order(Single(path)), ReadOrder(sortOrder));
    }

    private static ScimAttributePath Single(ScimAttributePath path)
    {
        if (path.Target.IsSecret || path is { Attribute.Name: "meta", Sub.Name: "location" } || path.Attribute.Name == "schemas")
        {
            throw ScimException.InvalidPath($"{path} is nothing to sort by.");
        }

        if (path.Target.Type is not ScimType.Complex)
        {
            return path;
        }

        return path.Attribute.Value is { } value
            ? path with { Sub = value }
            : throw ScimException.InvalidPath($"{path} is complex: name the sub-attribute to sort by.");
    }

    private static bool ReadOrder(string? sortOrder) => sortOrder switch
    {
        null => false,
        _ when sortOrder.Equals("ascending", StringComparison.OrdinalIgnoreCase) => false,
        _ when sortOrder.Equals("descending", StringComparison.OrdinalIgnoreCase) => true,
        _ => throw ScimException.InvalidValue("sortOrder is ascending or descending."),
    };

    private static string Order(ScimAttributePath path)
    {
        if (path.Target.Type is ScimType.DateTime)
        {
            return ScimColumns.Text(path);
        }

        var text = path.Attribute.IsMultiValued ? Preferred(path) : ScimColumns.Text(path);
        return $"{ScimColumns.Folded(path, text)} COLLATE \"C\"";
    }

    private static string Preferred(ScimAttributePath path) =>
        $"(SELECT {ScimColumns.Text(path, "entry")} FROM jsonb_array_elements({ScimColumns.Json(path)}) WITH ORDINALITY list(entry, place)"
        + " ORDER BY (entry ->> 'primary') IS DISTINCT FROM 'true', place LIMIT 1)";
}
