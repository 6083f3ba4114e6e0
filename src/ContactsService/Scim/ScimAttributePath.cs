namespace ContactsService.Scim;

/// <summary>An attribute or sub-attribute, found by its full name (RFC 7644, 3.10).</summary>
/// <param name="Schema">The schema; the core schema for common attributes.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Sub">The sub-attribute; null for the whole attribute.</param>
internal sealed record ScimAttributePath(ScimSchema Schema, ScimAttribute Attribute, ScimAttribute? Sub)
{
    /// <summary>The sub-attribute, or the attribute when there is none.</summary>
    public ScimAttribute Target => Sub ?? Attribute;

    /// <summary>
    /// Finds a path such as <c>userName</c>, <c>name.familyName</c> or <c>urn:…:User:department</c>; null when there is no such attribute.
    /// </summary>
    public static ScimAttributePath? Find(string text)
    {
        if (!text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return Find(ScimSchemas.User, text) ?? FindInExtensions(text);
        }

        var schema = ScimSchemas.All.FirstOrDefault(schema => text.StartsWith($"{schema.Urn}:", StringComparison.OrdinalIgnoreCase));
        return schema is null ? null : Find(schema, text[(schema.Urn.Length + 1)..]);
    }

    // RFC 7644, 3.10, requires the URN. Older documents of Entra ID leave it out.
    private static ScimAttributePath? FindInExtensions(string text)
    {
        var found = ScimSchemas.All
            .Where(schema => schema.IsExtension)
            .Select(schema => Find(schema, text))
            .OfType<ScimAttributePath>()
            .ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Finds a path within a schema; null when there is no such attribute.</summary>
    public static ScimAttributePath? Find(ScimSchema schema, string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return schema.Find(text) is { } single ? new(schema, single, null) : null;
        }

        return schema.Find(text[..dot]) is { } attribute && attribute.Find(text[(dot + 1)..]) is { } sub
            ? new(schema, attribute, sub)
            : null;
    }

    /// <summary>Returns the full name, with the URN of an extension.</summary>
    public override string ToString() =>
        $"{(Schema.IsExtension ? $"{Schema.Urn}:" : "")}{Attribute.Name}{(Sub is null ? "" : $".{Sub.Name}")}";
}
