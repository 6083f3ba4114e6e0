namespace ContactsService.Scim;

/// <summary>The order of users in a list (RFC 7644, 3.4.2.3).</summary>
/// <param name="Expression">SQL over <c>directory_user u</c>; null for users without a value.</param>
/// <param name="IsDescending">True for descending order.</param>
internal sealed record ScimSort(string Expression, bool IsDescending)
{
    /// <summary>
    /// The ORDER BY clause. Users without a value come last, or first in descending order. Equal users are ordered by id.
    /// </summary>
    public string OrderBy => IsDescending ? $"{Expression} DESC NULLS FIRST, u.user_id" : $"{Expression} ASC NULLS LAST, u.user_id";

    /// <summary>Reads the parameters.</summary>
    /// <param name="sortBy">An attribute. Of a list, the primary entry counts, or the first one when there is none.</param>
    /// <param name="sortOrder">Null for ascending.</param>
    /// <exception cref="ScimException"><c>invalidPath</c> for <c>sortBy</c>, <c>invalidValue</c> for <c>sortOrder</c>.</exception>
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
            throw ScimException.InvalidPath($"Results cannot be sorted by {path}.");
        }

        if (path.Target.Type is not ScimType.Complex)
        {
            return path;
        }

        return path.Attribute.Value is { } value
            ? path with { Sub = value }
            : throw ScimException.InvalidPath($"{path} is complex. Sort by one of its sub-attributes.");
    }

    private static bool ReadOrder(string? sortOrder) => sortOrder switch
    {
        null => false,
        _ when sortOrder.Equals("ascending", StringComparison.OrdinalIgnoreCase) => false,
        _ when sortOrder.Equals("descending", StringComparison.OrdinalIgnoreCase) => true,
        _ => throw ScimException.InvalidValue("sortOrder must be ascending or descending."),
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
