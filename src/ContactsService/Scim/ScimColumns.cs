using ContactsService.Filtering;
using ContactsService.Storage;
using Attribute = ContactsService.Filtering.Attribute;

namespace ContactsService.Scim;

/// <summary>
/// Where values lie in <c>directory_user u</c>. Texts are folded like this: <c>user_name</c> holds what
/// <see cref="CaseFolding.Text"/> made, so a value is folded by it as well and case is ignored in every script. Everything else is folded
/// by the database's <c>lower()</c> on both sides: alike, so that a text always equals itself, but in a database with the
/// locale C only A to Z lose their case. A folded copy of every text in the table would prevent that; a filter on
/// anything but names, ids and e-mail addresses is too rare for it.
/// </summary>
internal static class ScimColumns
{
    /// <summary>What the index <c>directory_user_emails</c> is over.</summary>
    public const string LoweredEmails = "lower((u.resource -> 'emails')::text)::jsonb";

    /// <summary>What a filter compares; for lists, of <paramref name="entry"/>, an SQL expression of JSON.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>: the address of a resource is made for each answer, and not stored.</exception>
    public static Attribute Attribute(ScimAttributePath path, string? entry = null)
    {
        var text = Text(path, entry);
        return path.Target switch
        {
            { Type: ScimType.DateTime } => new(path.ToString(), AttributeKind.Time, text),
            { Type: ScimType.Boolean } => new(path.ToString(), AttributeKind.Flag, Column(path) ?? Flag(path.Target, text)),
            { IsCaseExact: true } => new(path.ToString(), AttributeKind.Id, text),
            _ => new(path.ToString(), AttributeKind.Text, text) { IsLowered = !IsUserName(path) },
        };
    }

    private static string Flag(ScimAttribute attribute, string text) =>
        $"({(attribute.IsFalseWhenAbsent ? $"coalesce({text}, 'false')" : text)} = 'true')";

    /// <summary>The value as text; for lists, that of <paramref name="entry"/>, an SQL expression of JSON.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>: the address of a resource is made for each answer, and not stored.</exception>
    public static string Text(ScimAttributePath path, string? entry = null)
    {
        if (entry is not null)
        {
            return path.Sub is null ? $"({entry} #>> '{{}}')" : $"({entry} ->> '{path.Sub.Name}')";
        }

        if (Column(path) is { } column)
        {
            return path.Target.Type is ScimType.Boolean ? $"{column}::text" : column;
        }

        return path.Sub is null ? $"({Object(path)} ->> '{path.Attribute.Name}')" : $"({Json(path)} ->> '{path.Sub.Name}')";
    }

    /// <summary>The column that holds the value; null for a value in the resource.</summary>
    public static string? Column(ScimAttributePath path) => path switch
    {
        { Schema.IsExtension: true } => null,
        { Attribute.Name: "id" } => "u.user_id",
        { Attribute.Name: "userName" } => "u.user_name",
        { Attribute.Name: "externalId" } => "u.external_id",
        { Attribute.Name: "active" } => "u.active",
        { Attribute.Name: "meta", Sub: { } note } => MetaColumn(note.Name),
        _ => null,
    };

    /// <summary>The whole attribute as JSON; null when absent.</summary>
    public static string Json(ScimAttributePath path) => $"{Object(path)} -> '{path.Attribute.Name}'";

    /// <summary>How the attribute's text is folded in SQL.</summary>
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
