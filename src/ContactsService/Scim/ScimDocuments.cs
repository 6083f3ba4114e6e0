using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ContactsService.Scim;

/// <summary>A user as a client writes it, with the most used attributes. All of them: GET /scim/v2/Schemas.</summary>
internal sealed record ScimUserDraftDocument
{
    /// <summary>urn:ietf:params:scim:schemas:core:2.0:User, and the extensions that the user has.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The client's own id; unique in the organization. At most 512 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the user logs in with; unique in the organization, in whatever case. At most 512 characters.</summary>
    public required string UserName { get; init; }

    /// <summary>The name for display.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The parts of the name.</summary>
    public ScimNameDocument? Name { get; init; }

    /// <summary>E-mail addresses, at most 100.</summary>
    public IReadOnlyList<ScimEntryDocument>? Emails { get; init; }

    /// <summary>Phone numbers, at most 100.</summary>
    public IReadOnlyList<ScimEntryDocument>? PhoneNumbers { get; init; }

    /// <summary>False for a user who has left the directory. True by default.</summary>
    public bool? Active { get; init; }
}

/// <summary>A user of the directory, or the attributes that were asked for. All of them: GET /scim/v2/Schemas.</summary>
internal sealed record ScimUserDocument
{
    /// <summary>urn:ietf:params:scim:schemas:core:2.0:User, and those of the extensions that are there.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>Made by the service; also the contactId.</summary>
    public required string Id { get; init; }

    /// <summary>The client's own id; unique in the organization. At most 512 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the user logs in with; unique in the organization, in whatever case. At most 512 characters.</summary>
    public string? UserName { get; init; }

    /// <summary>What the user is called.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The parts of the name.</summary>
    public ScimNameDocument? Name { get; init; }

    /// <summary>E-mail addresses, at most 100.</summary>
    public IReadOnlyList<ScimEntryDocument>? Emails { get; init; }

    /// <summary>Phone numbers, at most 100.</summary>
    public IReadOnlyList<ScimEntryDocument>? PhoneNumbers { get; init; }

    /// <summary>False for who is known, but has left the directory. True when left out.</summary>
    public bool? Active { get; init; }

    /// <summary>Times, version and address.</summary>
    public ScimMetaDocument? Meta { get; init; }
}

/// <summary>What the service knows of a resource.</summary>
internal sealed record ScimMetaDocument
{
    /// <summary>User.</summary>
    public string? ResourceType { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public DateTime? Created { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>The weak ETag, for If-Match.</summary>
    public string? Version { get; init; }

    /// <summary>The address of the resource.</summary>
    public string? Location { get; init; }
}

/// <summary>The parts of a name.</summary>
internal sealed record ScimNameDocument
{
    /// <summary>The full name.</summary>
    public string? Formatted { get; init; }

    /// <summary>First name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Last name.</summary>
    public string? FamilyName { get; init; }
}

/// <summary>An entry of a list.</summary>
internal sealed record ScimEntryDocument
{
    /// <summary>The number or address.</summary>
    public string? Value { get; init; }

    /// <summary>Such as work.</summary>
    public string? Type { get; init; }

    /// <summary>True for the preferred entry.</summary>
    public bool? Primary { get; init; }
}

/// <summary>A page of users.</summary>
internal sealed record ScimListDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:ListResponse.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The number of matching users.</summary>
    public required long TotalResults { get; init; }

    /// <summary>The number of users in this page.</summary>
    public required int ItemsPerPage { get; init; }

    /// <summary>The index of the first user, from 1; absent with a cursor.</summary>
    public int? StartIndex { get; init; }

    /// <summary>The cursor of the next page; absent on the last page.</summary>
    public string? NextCursor { get; init; }

    /// <summary>The users.</summary>
    [JsonPropertyName("Resources")]
    public required IReadOnlyList<ScimUserDocument> Resources { get; init; }
}

/// <summary>A search request (RFC 7644, 3.4.3).</summary>
internal sealed record ScimSearchDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:SearchRequest.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The same as the query parameter of the list.</summary>
    public string? Filter { get; init; }

    /// <summary>As the parameter of the list.</summary>
    public string? SortBy { get; init; }

    /// <summary>As the parameter of the list.</summary>
    [AllowedValues("ascending", "descending")]
    public string? SortOrder { get; init; }

    /// <summary>As the parameter of the list.</summary>
    public int? StartIndex { get; init; }

    /// <summary>As the parameter of the list.</summary>
    public int? Count { get; init; }

    /// <summary>As the parameter of the list.</summary>
    public string? Cursor { get; init; }

    /// <summary>The attributes to answer with.</summary>
    public IReadOnlyList<string>? Attributes { get; init; }

    /// <summary>The attributes to leave out.</summary>
    public IReadOnlyList<string>? ExcludedAttributes { get; init; }
}

/// <summary>A PATCH request (RFC 7644, 3.5.2).</summary>
internal sealed record ScimPatchDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:PatchOp.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The operations, at most 100. Either all of them are applied or none.</summary>
    [JsonPropertyName("Operations")]
    public required IReadOnlyList<ScimPatchOperationDocument> Operations { get; init; }
}

/// <summary>An operation of a PATCH request.</summary>
internal sealed record ScimPatchOperationDocument
{
    /// <summary>add, replace or remove.</summary>
    public required string Op { get; init; }

    /// <summary>The target of the operation, such as emails[type eq "work"].value.</summary>
    public string? Path { get; init; }

    /// <summary>The value, of any type.</summary>
    public object? Value { get; init; }
}

/// <summary>A bulk request (RFC 7644, 3.7).</summary>
internal sealed record ScimBulkDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:BulkRequest.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The number of failures after which the remaining operations are skipped. By default, none is skipped.</summary>
    public int? FailOnErrors { get; init; }

    /// <summary>The operations, at most 1000.</summary>
    [JsonPropertyName("Operations")]
    public required IReadOnlyList<ScimBulkOperationDocument> Operations { get; init; }
}

/// <summary>An operation of a bulk request.</summary>
internal sealed record ScimBulkOperationDocument
{
    /// <summary>POST, PUT, PATCH or DELETE.</summary>
    [AllowedValues("POST", "PUT", "PATCH", "DELETE")]
    public required string Method { get; init; }

    /// <summary>/Users, or /Users/ followed by an id or by bulkId: and a bulkId.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// A name for the new user of a POST. bulkId: followed by the name stands for the new id, in a path and as a manager.
    /// </summary>
    public string? BulkId { get; init; }

    /// <summary>The same as the header If-Match of a single request.</summary>
    public string? Version { get; init; }

    /// <summary>The same as the body of a single request.</summary>
    public object? Data { get; init; }
}

/// <summary>What became of many operations (RFC 7644, 3.7).</summary>
internal sealed record ScimBulkAnswerDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:BulkResponse.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>In the order of the request.</summary>
    [JsonPropertyName("Operations")]
    public required IReadOnlyList<ScimBulkResultDocument> Operations { get; init; }
}

/// <summary>What became of one of many operations.</summary>
internal sealed record ScimBulkResultDocument
{
    /// <summary>As it was sent.</summary>
    public required string Method { get; init; }

    /// <summary>As it was sent.</summary>
    public string? BulkId { get; init; }

    /// <summary>The address of the user; absent when none was made.</summary>
    public string? Location { get; init; }

    /// <summary>The weak ETag of the user.</summary>
    public string? Version { get; init; }

    /// <summary>The HTTP status.</summary>
    public required string Status { get; init; }

    /// <summary>What went wrong; absent otherwise.</summary>
    public ScimErrorDocument? Response { get; init; }
}

/// <summary>What went wrong (RFC 7644, 3.12).</summary>
internal sealed record ScimErrorDocument
{
    /// <summary>urn:ietf:params:scim:api:messages:2.0:Error.</summary>
    public required IReadOnlyList<string> Schemas { get; init; }

    /// <summary>The error type, such as invalidFilter or uniqueness; absent when the standard defines none.</summary>
    public string? ScimType { get; init; }

    /// <summary>An explanation of this occurrence.</summary>
    public required string Detail { get; init; }

    /// <summary>The HTTP status.</summary>
    public required string Status { get; init; }
}
