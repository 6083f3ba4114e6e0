using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>
/// The columns of <c>directory_user u</c>. <c>user_name</c> is stored folded by <see cref="CaseFolding.Text"/>, and values compared with it
/// are folded the same way, so case is ignored in every script. All other texts are folded by <c>lower()</c> on both sides. In a database
/// with the locale C, <c>lower()</c> folds A to Z only. A folded copy of every text would fix that, but filters on other attributes are too
/// rare.
/// </summary>
internal static class ScimColumns
{
    /// <summary>The value as text; for lists, the value of <paramref name="entry"/>, an SQL expression of type jsonb.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>: the address of a resource is not stored.</exception>
    public static string Text(ScimAttributePath path, string? entry = null)
    {
        if (entry is not null)
        {
            return path.Sub is null ? $"({entry} #>> '{{}}')" : $"({entry} ->> '{path.Sub.Name}')";
        }

        return Column(path) ?? (path.Sub is null
            ? $"({Object(path)} ->> '{path.Attribute.Name}')"
            : $"({Json(path)} ->> '{path.Sub.Name}')");
    }

    /// <summary>The column that holds the value; null for a value in the resource.</summary>
    public static string? Column(ScimAttributePath path) => path switch
    {
        { Schema.IsExtension: true } => null,
        { Attribute.Name: "id" } => "u.user_id",
        { Attribute.Name: "userName" } => "u.user_name",
        { Attribute.Name: "externalId" } => "u.external_id",
        { Attribute.Name: "meta", Sub: { } member } => MetaColumn(member.Name),
        _ => null,
    };

    /// <summary>The whole attribute as JSON; null when absent.</summary>
    public static string Json(ScimAttributePath path) => $"{Object(path)} -> '{path.Attribute.Name}'";

    /// <summary>Folds the text of the attribute in SQL.</summary>
    public static string Folded(ScimAttributePath path, string text) =>
        path.Target.IsCaseExact || IsUserName(path) ? text : $"lower({text})";

    /// <summary>True for <c>userName</c>, the only attribute that is stored folded.</summary>
    public static bool IsUserName(ScimAttributePath path) => !path.Schema.IsExtension && path.Attribute.Name == "userName";

    private static string Object(ScimAttributePath path) =>
        path.Schema.IsExtension ? $"u.resource -> '{path.Schema.Urn}'" : "u.resource";

    private static string MetaColumn(string name) => name switch
    {
        "created" => "u.created",
        "lastModified" => "u.last_modified",
        "version" => "('W/\"' || u.version || '\"')",
        "resourceType" => "'User'::text",
        _ => throw ScimException.InvalidFilter("meta.location is not stored. Filter by id instead."),
    };
}
