using ContactsService.Http;

namespace ContactsService.Changes.Webhooks;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class WebhookExamples
{
    private const string Webhook = """
        "webhookId":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","url":"https://receiver.example/contacts",
        "kinds":["contact","group","directoryGroup"],"ownerId":"ann","status":"active",
        "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z","version":1,
        "etag":"\"8599ddf5a9ed-1\""}
        """;

    public static IServiceCollection AddWebhookExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(ApiDocument.Native, "Webhooks", "Addresses of yours that are told when something has changed.")
        {
            Place = 5,
        })
        .AddSingleton(new SchemaExample(
            typeof(WebhookDraft), """{"url":"https://receiver.example/contacts","kinds":["contact","group"]}"""))
        .AddSingleton(new SchemaExample(typeof(WebhookChange), """{"status":"active"}"""))
        .AddSingleton(new SchemaExample(typeof(WebhookDocument), $"{{{Webhook}}}"))
        .AddSingleton(new SchemaExample(
            typeof(WebhookWithSecretDocument), $$"""{{{Webhook}},"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD4f3rWc1ePs0="}"""))
        .AddSingleton(new SchemaExample(typeof(WebhookDeliveryDocument), """
            {"deliveryId":"01a1fc76-2c10-7b3a-a1a9-6a1f2a5d2d11","messageId":"msg_01a1fc762bff7d0c9d6d0c5c3bb7a0c4","type":"changes",
             "time":"2026-01-31T08:30:05.123456Z","durationMs":84,"result":"failed","statusCode":500,
             "error":"The receiver answered 500.","token":"AAEq0wz3"}
            """));
}
