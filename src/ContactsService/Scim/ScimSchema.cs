namespace ContactsService.Scim;

/// <summary>
/// One table of attributes. Validation, filters, paths, projection and <c>/Schemas</c> all read these tables and
/// nothing else, so that they cannot disagree.
/// </summary>
/// <param name="Urn">The name of the schema, compared without case (RFC 7643, 2.1 and 3.1).</param>
/// <param name="Name">A short name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Attributes">In the order of the standard.</param>
internal sealed record ScimSchema(string Urn, string Name, string Description, IReadOnlyList<ScimAttribute> Attributes)
{
    /// <summary>True when its attributes stand in an object under its URN.</summary>
    public bool IsExtension => Urn != ScimUserSchema.Urn;

    /// <summary>The attribute of this name, for the core schema also a common one; null when there is none.</summary>
    public ScimAttribute? Find(string name) =>
        (IsExtension ? Attributes : Attributes.Concat(ScimSchemas.Common)).FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
