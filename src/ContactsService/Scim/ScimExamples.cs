using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>The OpenAPI document of this API: its tags and its examples.</summary>
internal static class ScimExamples
{
    /// <summary>The name of the document.</summary>
    public const string Document = "scim";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddScimExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiDocument(Document, "SCIM 2.0", """
            Users of the organization's directory, as RFC 7643 and RFC 7644 describe them; for provisioning.

            Every operation is under `/scim/v2`, and under `/identity/scim/{orgId}/v2`, the address that the Webex SDK has built in.
            The schemas here show the most used attributes; `GET /scim/v2/Schemas` describes all of them.
            """))
        .AddSingleton(new ApiTag(Document, "Users", "Users of the directory. Everybody reads, admins write."))
        .AddSingleton(new ApiTag(Document, "Users of an organization", "The same, under the address that the Webex SDK has built in."))
        .AddSingleton(new ApiTag(Document, "Discovery", "What of SCIM there is.") { Place = 1 })
        .AddSingleton(new SchemaExample(typeof(ScimUserDraftDocument), """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com",
             "name":{"givenName":"Joe","familyName":"Johnson"},
             "emails":[{"value":"joe@example.com","type":"work","primary":true}],"active":true}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(ScimUserDocument), """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed",
             "userName":"joe@example.com","name":{"givenName":"Joe","familyName":"Johnson"},
             "emails":[{"value":"joe@example.com","type":"work","primary":true}],"active":true}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(ScimNameDocument), """
            {"givenName":"Joe","familyName":"Johnson"}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(ScimEntryDocument), """
            {"value":"joe@example.com","type":"work","primary":true}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(ScimErrorDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"invalidValue",
             "detail":"userName: It is required.","status":"400"}
            """))
        .AddSingleton(new SchemaExample(typeof(ScimPatchDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}
            """))
        .AddSingleton(new SchemaExample(typeof(ScimSearchDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"userName sw \"j\"","count":10}
            """))
        .AddSingleton(new SchemaExample(typeof(ScimBulkDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Users","bulkId":"joe",
             "data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com"}}]}
            """));
}
