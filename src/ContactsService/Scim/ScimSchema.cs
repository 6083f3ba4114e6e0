namespace ContactsService.Scim;

/// <summary>
/// A table of attributes. Validation, filters, paths, projection and <c>/Schemas</c> all use these tables, so they cannot disagree.
/// </summary>
/// <param name="Urn">The URN, case-insensitive (RFC 7643, 2.1 and 3.1).</param>
/// <param name="Name">A short name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Attributes">In the order of the standard.</param>
internal sealed record ScimSchema(string Urn, string Name, string Description, IReadOnlyList<ScimAttribute> Attributes)
{
    /// <summary>True when its attributes are in an object under its URN.</summary>
    public bool IsExtension => Urn != ScimUserSchema.Urn;

    /// <summary>Returns the attribute with this name, including common attributes for the core schema; null when there is none.</summary>
    public ScimAttribute? Find(string name) =>
        (IsExtension ? Attributes : Attributes.Concat(ScimSchemas.Common))
            .FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
