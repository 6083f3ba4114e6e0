namespace ContactsService.Scim;

/// <summary>An attribute or a sub-attribute by its full name (RFC 7644, 3.10), looked up in the tables.</summary>
/// <param name="Schema">The core schema also for common attributes.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Sub">Null for the attribute as a whole.</param>
internal sealed record ScimAttributePath(ScimSchema Schema, ScimAttribute Attribute, ScimAttribute? Sub)
{
    /// <summary>What the path leads to.</summary>
    public ScimAttribute Target => Sub ?? Attribute;

    /// <summary>Looks up a path such as <c>userName</c>, <c>name.familyName</c> or <c>urn:…:User:department</c>; null when it names nothing.</summary>
    public static ScimAttributePath? Find(string text)
    {
        if (!text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return Find(ScimSchemas.User, text) ?? FindInExtensions(text);
        }

        var schema = ScimSchemas.All.FirstOrDefault(one => text.StartsWith($"{one.Urn}:", StringComparison.OrdinalIgnoreCase));
        return schema is null ? null : Find(schema, text[(schema.Urn.Length + 1)..]);
    }

    // RFC 7644, 3.10, wants the URN; older pages of Entra ID leave it out.
    private static ScimAttributePath? FindInExtensions(string text)
    {
        var found = ScimSchemas.All.Where(schema => schema.IsExtension).Select(schema => Find(schema, text)).OfType<ScimAttributePath>().ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Looks up a path within a schema; null when it names nothing.</summary>
    public static ScimAttributePath? Find(ScimSchema schema, string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return schema.Find(text) is { } whole ? new(schema, whole, null) : null;
        }

        return schema.Find(text[..dot]) is { } attribute && attribute.Find(text[(dot + 1)..]) is { } sub
            ? new(schema, attribute, sub)
            : null;
    }

    /// <summary>The full name, with the URN of an extension.</summary>
    public override string ToString() =>
        $"{(Schema.IsExtension ? $"{Schema.Urn}:" : "")}{Attribute.Name}{(Sub is null ? "" : $".{Sub.Name}")}";
}
