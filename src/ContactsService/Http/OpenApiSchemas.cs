using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Genesys;
using ContactsService.Groups;
using ContactsService.Queues;
using ContactsService.Scim;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Http;

/// <summary>Names, limits and examples of the schemas.</summary>
internal sealed class OpenApiSchemas : ISchemaFilter
{
    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(ContactDraft)] = """
            {"contactType":"CUSTOM","displayName":"Joe Johnson","firstName":"Joe","lastName":"Johnson",
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"emails":[{"type":"work","value":"joe@example.com"}]}
            """,
        [typeof(ContactDocument)] = """
            {"contactId":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","contactType":"CUSTOM","type":"Custom","displayName":"Joe Johnson",
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"ownerId":"ann",
             "groups":["01a1fc76-1a40-775d-93a6-9ca0170da033"],
             "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z","version":2}}
            """,
        [typeof(GenesysDraft)] = """{"name":"Some Contact","type":"Custom","phoneNumber":"+1 555 010 0199"}""",
        [typeof(GroupDraft)] = """{"displayName":"Friends","groupType":"NORMAL"}""",
        [typeof(MembershipDraft)] = """{"add":["01a1fc76-19e5-75ab-9845-8599ddf5a9ed"],"remove":[]}""",
        [typeof(QueueDraft)] = """{"name":"Support","phoneNumber":"+1 555 010 0100","description":"Everything that broke"}""",
        [typeof(ScimUserDocument)] = """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com","name":{"givenName":"Joe","familyName":"Johnson"},
             "emails":[{"value":"joe@example.com","type":"work","primary":true}],"active":true}
            """,
        [typeof(ScimPatchDocument)] = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}
            """,
        [typeof(ScimSearchDocument)] = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"userName sw \"j\"","count":10}
            """,
        [typeof(ScimBulkDocument)] = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Users","bulkId":"joe",
             "data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com"}}]}
            """,
        [typeof(TokenDraft)] = """{"user":"ann","role":"agent","name":"Ann's desktop","days":30}""",
    };

    /// <summary>The name of a type's schema: without the words that only our code needs.</summary>
    public static string Name(Type type) => type.Name switch
    {
        nameof(ContactDocument) => "Contact",
        nameof(GroupDocument) => "Group",
        nameof(MetaDocument) => "Meta",
        nameof(ProblemView) => "Problem",
        nameof(TokenView) => "Token",
        nameof(QueueDocument) => "Queue",
        var name => name.StartsWith("Scim", StringComparison.Ordinal) && name.EndsWith("Document", StringComparison.Ordinal) ? name[..^"Document".Length] : name,
    };

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Type: JsonSchemaType.Object } described || context.MemberInfo is not null)
        {
            return;
        }

        // Properties are absent when not set, never null.
        foreach (var property in described.Properties?.Values.OfType<OpenApiSchema>() ?? [])
        {
            property.Type &= ~JsonSchemaType.Null;
            if (property.Type == JsonSchemaType.String && property.Format is null && property.Enum is null)
            {
                property.MaxLength = Texts.LongestText;
            }
        }

        // The document shows the most used attributes of a user; there are more.
        described.AdditionalPropertiesAllowed = context.Type == typeof(ScimUserDocument);
        if (Examples.TryGetValue(context.Type, out var example))
        {
            described.Examples = [JsonNode.Parse(example)!];
        }
    }
}
