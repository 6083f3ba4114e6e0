using System.Text.Json.Serialization;

namespace ContactsService.Scim;

/// <summary>What of SCIM there is (RFC 7643, 5).</summary>
internal sealed record ScimServiceProviderConfigDocument
{
    /// <summary>urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>PATCH.</summary>
    public required ScimSupportDocument Patch { get; init; }

    /// <summary>Many operations at once.</summary>
    public required ScimBulkSupportDocument Bulk { get; init; }

    /// <summary>Filters.</summary>
    public required ScimFilterSupportDocument Filter { get; init; }

    /// <summary>Change of a password.</summary>
    public required ScimSupportDocument ChangePassword { get; init; }

    /// <summary>sortBy and sortOrder.</summary>
    public required ScimSupportDocument Sort { get; init; }

    /// <summary>ETags.</summary>
    public required ScimSupportDocument Etag { get; init; }

    /// <summary>Pages (RFC 9865).</summary>
    public required ScimPaginationDocument Pagination { get; init; }

    /// <summary>How a client authenticates.</summary>
    public required IReadOnlyList<ScimAuthenticationDocument> AuthenticationSchemes { get; init; }

    /// <summary>Type and address.</summary>
    public required ScimMetaDocument Meta { get; init; }
}

/// <summary>Whether something is supported.</summary>
internal record ScimSupportDocument
{
    /// <summary>True when it is.</summary>
    public required bool Supported { get; init; }
}

/// <summary>Whether bulk requests are supported.</summary>
internal sealed record ScimBulkSupportDocument : ScimSupportDocument
{
    /// <summary>The most operations.</summary>
    public required int MaxOperations { get; init; }

    /// <summary>The most bytes.</summary>
    public required int MaxPayloadSize { get; init; }
}

/// <summary>Whether filters are supported.</summary>
internal sealed record ScimFilterSupportDocument : ScimSupportDocument
{
    /// <summary>The most users of an answer.</summary>
    public required int MaxResults { get; init; }
}

/// <summary>How lists are paged (RFC 9865, 4).</summary>
internal sealed record ScimPaginationDocument
{
    /// <summary>True: by cursor.</summary>
    public required bool Cursor { get; init; }

    /// <summary>True: by startIndex.</summary>
    public required bool Index { get; init; }

    /// <summary>index.</summary>
    public required string DefaultPaginationMethod { get; init; }

    /// <summary>The users of a page when count is left out.</summary>
    public required int DefaultPageSize { get; init; }

    /// <summary>The most users of a page.</summary>
    public required int MaxPageSize { get; init; }

    /// <summary>Seconds that a cursor holds at least.</summary>
    public required int CursorTimeout { get; init; }
}

/// <summary>A scheme of authentication.</summary>
internal sealed record ScimAuthenticationDocument
{
    /// <summary>oauthbearertoken.</summary>
    public required string Type { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What to send.</summary>
    public required string Description { get; init; }

    /// <summary>The standard.</summary>
    public string? SpecUri { get; init; }

    /// <summary>True for the one to prefer.</summary>
    public bool? Primary { get; init; }
}

/// <summary>The resources that there are.</summary>
internal sealed record ScimResourceTypeListDocument : ScimDiscoveryListDocument
{
    /// <summary>The resource types.</summary>
    [JsonPropertyName("Resources")]
    public required IReadOnlyList<ScimResourceTypeDocument> Resources { get; init; }
}

/// <summary>The schemas that there are.</summary>
internal sealed record ScimSchemaListDocument : ScimDiscoveryListDocument
{
    /// <summary>The schemas.</summary>
    [JsonPropertyName("Resources")]
    public required IReadOnlyList<ScimSchemaDocument> Resources { get; init; }
}

/// <summary>A list of the discovery.</summary>
internal abstract record ScimDiscoveryListDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:ListResponse.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>How many there are.</summary>
    public required int TotalResults { get; init; }

    /// <summary>1.</summary>
    public required int StartIndex { get; init; }

    /// <summary>How many are here.</summary>
    public required int ItemsPerPage { get; init; }
}

/// <summary>A resource type (RFC 7643, 6).</summary>
internal sealed record ScimResourceTypeDocument
{
    /// <summary>urn:ietf:params:scim:schemas:core:2.0:ResourceType.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>User.</summary>
    public required string Id { get; init; }

    /// <summary>User.</summary>
    public required string Name { get; init; }

    /// <summary>/Users.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>The URN of its schema.</summary>
    public required string Schema { get; init; }

    /// <summary>The schemas that extend it.</summary>
    public required IReadOnlyList<ScimSchemaExtensionDocument> SchemaExtensions { get; init; }

    /// <summary>Type and address.</summary>
    public required ScimMetaDocument Meta { get; init; }
}

/// <summary>A schema that extends a resource type.</summary>
internal sealed record ScimSchemaExtensionDocument
{
    /// <summary>Its URN.</summary>
    public required string Schema { get; init; }

    /// <summary>True when every resource has it.</summary>
    public required bool Required { get; init; }
}

/// <summary>A schema (RFC 7643, 7).</summary>
internal sealed record ScimSchemaDocument
{
    /// <summary>urn:ietf:params:scim:schemas:core:2.0:Schema.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>Its URN.</summary>
    public required string Id { get; init; }

    /// <summary>A short name.</summary>
    public required string Name { get; init; }

    /// <summary>What it describes.</summary>
    public required string Description { get; init; }

    /// <summary>Its attributes.</summary>
    public required IReadOnlyList<ScimAttributeDocument> Attributes { get; init; }

    /// <summary>Type and address.</summary>
    public required ScimMetaDocument Meta { get; init; }
}

/// <summary>An attribute (RFC 7643, 7).</summary>
internal sealed record ScimAttributeDocument
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>string, boolean, complex, …</summary>
    public required string Type { get; init; }

    /// <summary>True for a list.</summary>
    public required bool MultiValued { get; init; }

    /// <summary>What it holds.</summary>
    public required string Description { get; init; }

    /// <summary>True when every resource has it.</summary>
    public required bool Required { get; init; }

    /// <summary>readWrite, readOnly, …</summary>
    public required string Mutability { get; init; }

    /// <summary>always, default, …</summary>
    public required string Returned { get; init; }

    /// <summary>True when its case matters.</summary>
    public bool? CaseExact { get; init; }

    /// <summary>none or server.</summary>
    public string? Uniqueness { get; init; }

    /// <summary>The usual values.</summary>
    public IReadOnlyList<string>? CanonicalValues { get; init; }

    /// <summary>What a reference leads to.</summary>
    public IReadOnlyList<string>? ReferenceTypes { get; init; }

    /// <summary>The attributes of a complex one.</summary>
    public IReadOnlyList<ScimAttributeDocument>? SubAttributes { get; init; }
}
