using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>The discovery documents (RFC 7644, 4; RFC 7643, 5 to 7; RFC 9865, 4).</summary>
internal static class ScimDiscovery
{
    /// <summary>The maximum number of operations in a bulk request.</summary>
    public const int BulkMaxOperations = 1_000;

    /// <summary>The maximum size of a bulk request, in bytes.</summary>
    public const int BulkMaxPayloadSize = 1_048_576;

    /// <summary>The maximum number of resources in a page.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>The number of resources in a page when the client does not request one.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The minimum time that a cursor stays valid, in seconds.</summary>
    public const int CursorTimeoutSeconds = 3_600;

    private const string CoreUrn = "urn:ietf:params:scim:schemas:core:2.0:";

    /// <summary>The body of <c>/ServiceProviderConfig</c>.</summary>
    /// <param name="baseUrl">The base address of the API, without a slash at the end.</param>
    public static JsonObject ServiceProviderConfig(string baseUrl) => new()
    {
        ["schemas"] = new JsonArray($"{CoreUrn}ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject
        {
            ["supported"] = true,
            ["maxOperations"] = BulkMaxOperations,
            ["maxPayloadSize"] = BulkMaxPayloadSize,
        },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = MaxPageSize },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(true),
        ["etag"] = Supported(true),
        ["pagination"] = new JsonObject
        {
            ["cursor"] = true,
            ["index"] = true,
            ["defaultPaginationMethod"] = "index",
            ["defaultPageSize"] = DefaultPageSize,
            ["maxPageSize"] = MaxPageSize,
            ["cursorTimeout"] = CursorTimeoutSeconds,
        },
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken",
            ["name"] = "OAuth Bearer Token",
            ["description"] = "A token of this service in the Authorization header.",
            ["specUri"] = "https://www.rfc-editor.org/info/rfc6750",
            ["primary"] = true,
        }),
        ["meta"] = Meta("ServiceProviderConfig", $"{baseUrl}/ServiceProviderConfig"),
    };

    /// <summary>The body of <c>/ResourceTypes</c>.</summary>
    public static JsonObject ResourceTypes(string baseUrl) => List([UserType(baseUrl)]);

    /// <summary>The body of <c>/ResourceTypes/{id}</c>; null when there is no such type.</summary>
    public static JsonObject? ResourceType(string baseUrl, string id) => id == "User" ? UserType(baseUrl) : null;

    /// <summary>The body of <c>/Schemas</c>.</summary>
    public static JsonObject Schemas(string baseUrl) => List(ScimSchemas.All.Select(schema => Describe(schema, baseUrl)));

    /// <summary>The body of <c>/Schemas/{urn}</c>; null when there is no such schema.</summary>
    public static JsonObject? Schema(string baseUrl, string urn) => ScimSchemas.Of(urn) is { } schema ? Describe(schema, baseUrl) : null;

    private static JsonObject List(IEnumerable<JsonObject> resources)
    {
        var list = new JsonArray([.. resources]);
        return new()
        {
            ["schemas"] = new JsonArray(ScimUserReader.ListUrn),
            ["totalResults"] = list.Count,
            ["startIndex"] = 1,
            ["itemsPerPage"] = list.Count,
            ["Resources"] = list,
        };
    }

    private static JsonObject UserType(string baseUrl) => new()
    {
        ["schemas"] = new JsonArray($"{CoreUrn}ResourceType"),
        ["id"] = "User",
        ["name"] = "User",
        ["endpoint"] = "/Users",
        ["description"] = ScimSchemas.User.Description,
        ["schema"] = ScimSchemas.User.Urn,
        ["schemaExtensions"] = new JsonArray([.. ScimSchemas.All
            .Where(schema => schema.IsExtension)
            .Select(schema => new JsonObject { ["schema"] = schema.Urn, ["required"] = false })]),
        ["meta"] = Meta("ResourceType", $"{baseUrl}/ResourceTypes/User"),
    };

    private static JsonObject Describe(ScimSchema schema, string baseUrl) => new()
    {
        ["schemas"] = new JsonArray($"{CoreUrn}Schema"),
        ["id"] = schema.Urn,
        ["name"] = schema.Name,
        ["description"] = schema.Description,
        ["attributes"] = new JsonArray(
            [.. schema.Attributes.Where(attribute => attribute != ScimUserSchema.Groups).Select(Describe)]),
        ["meta"] = Meta("Schema", $"{baseUrl}/Schemas/{schema.Urn}"),
    };

    // Case and uniqueness do not apply to booleans and objects. RFC 7643, 8.7.1, leaves them out.
    private static JsonObject Describe(ScimAttribute attribute)
    {
        var type = attribute.Type.ToString();
        var description = new JsonObject
        {
            ["name"] = attribute.Name,
            ["type"] = char.ToLowerInvariant(type[0]) + type[1..],
            ["multiValued"] = attribute.IsMultiValued,
            ["description"] = attribute.Description,
            ["required"] = attribute.IsRequired,
            ["mutability"] = attribute.Mutability,
            ["returned"] = attribute.Returned,
        };
        if (attribute.Type is not (ScimType.Boolean or ScimType.Complex))
        {
            description["caseExact"] = attribute.IsCaseExact;
            description["uniqueness"] = attribute.Uniqueness;
        }

        AddTexts(description, "canonicalValues", attribute.CanonicalValues);
        AddTexts(description, "referenceTypes", attribute.ReferenceTypes);
        if (attribute.SubAttributes.Count > 0)
        {
            description["subAttributes"] = new JsonArray([.. attribute.SubAttributes.Select(Describe)]);
        }

        return description;
    }

    private static void AddTexts(JsonObject target, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            target[name] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
        }
    }

    private static JsonObject Supported(bool isSupported) => new() { ["supported"] = isSupported };

    private static JsonObject Meta(string type, string location) => new() { ["resourceType"] = type, ["location"] = location };
}
