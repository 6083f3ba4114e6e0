namespace ContactsService.Scim;

/// <summary>The tables there are.</summary>
internal static class ScimSchemas
{
    /// <summary>The attributes that every resource has; they belong to no schema of their own (RFC 7643, 3.1).</summary>
    public static readonly IReadOnlyList<ScimAttribute> Common =
    [
        new("schemas", ScimType.Reference, "The schemas whose attributes the resource has.")
        {
            IsMultiValued = true, IsRequired = true, Returned = "always",
        },
        new("id", ScimType.String, "The service's own id of the resource.")
        {
            IsCaseExact = true, Mutability = "readOnly", Returned = "always", Uniqueness = "server",
        },
        new("externalId", ScimType.String, "The provisioning client's id of the resource.") { IsCaseExact = true },
        new("meta", ScimType.Complex, "What the service notes about the resource.")
        {
            Mutability = "readOnly",
            SubAttributes =
            [
                Note("resourceType", ScimType.String, "The kind of the resource."),
                Note("created", ScimType.DateTime, "When the resource was made."),
                Note("lastModified", ScimType.DateTime, "When the resource changed last."),
                Note("location", ScimType.Reference, "The address of the resource."),
                Note("version", ScimType.String, "The ETag of the resource."),
            ],
        },
    ];

    /// <summary>The core schema of a user.</summary>
    public static readonly ScimSchema User = ScimUserSchema.User;

    /// <summary>The core schema and its extensions.</summary>
    public static readonly IReadOnlyList<ScimSchema> All = [User, ScimExtensionSchemas.Enterprise, ScimExtensionSchemas.WebexIdentity];

    /// <summary>The schema of this URN; null when there is none.</summary>
    public static ScimSchema? Of(string urn) => All.FirstOrDefault(one => one.Urn.Equals(urn, StringComparison.OrdinalIgnoreCase));

    private static ScimAttribute Note(string name, ScimType type, string description) =>
        new(name, type, description) { IsCaseExact = true, Mutability = "readOnly" };
}
