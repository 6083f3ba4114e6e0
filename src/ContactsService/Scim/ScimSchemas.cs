namespace ContactsService.Scim;

/// <summary>The supported schemas.</summary>
internal static class ScimSchemas
{
    /// <summary>The common attributes of all resources. They belong to no schema (RFC 7643, 3.1).</summary>
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
        new("meta", ScimType.Complex, "Metadata of the resource.")
        {
            Mutability = "readOnly",
            SubAttributes =
            [
                MetaMember("resourceType", ScimType.String, "The type of the resource."),
                MetaMember("created", ScimType.DateTime, "When the resource was created."),
                MetaMember("lastModified", ScimType.DateTime, "When the resource was last changed."),
                MetaMember("location", ScimType.Reference, "The address of the resource."),
                MetaMember("version", ScimType.String, "The ETag of the resource."),
            ],
        },
    ];

    /// <summary>The core schema of a user.</summary>
    public static readonly ScimSchema User = ScimUserSchema.User;

    /// <summary>The core schema and its extensions.</summary>
    public static readonly IReadOnlyList<ScimSchema> All = [User, ScimExtensionSchemas.Enterprise, ScimExtensionSchemas.WebexIdentity];

    /// <summary>Returns the schema with this URN; null when there is none.</summary>
    public static ScimSchema? Of(string urn) => All.FirstOrDefault(schema => schema.Urn.Equals(urn, StringComparison.OrdinalIgnoreCase));

    private static ScimAttribute MetaMember(string name, ScimType type, string description) =>
        new(name, type, description) { IsCaseExact = true, Mutability = "readOnly" };
}
