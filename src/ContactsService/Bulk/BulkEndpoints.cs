using ContactsService.Access;
using ContactsService.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ContactsService.Bulk;

/// <summary>The route /bulk.</summary>
internal static class BulkEndpoints
{
    /// <summary>Adds the route.</summary>
    public static void MapBulk(this IEndpointRouteBuilder app) =>
        app.MapPost("/bulk", RunAsync).WithTags("Bulk").Named("runBulk").WithMetadata(new InScope(ScopeAreas.Contacts))
            .WithMetadata(new LargeBody(BulkRequest.MaxBytes, Inner: "data")) // BulkRequest counts the operations
            .AcceptsJson<BulkDraft>().Produces<BulkResults>(200).AddEndpointFilter(EnterAsync).Idempotent()
            .WithMetadata(new RefusesWith(Http.Problems.KeyReused), new RefusesWith(Http.Problems.BulkFailed))
            .Problems(400, 401, 406, 408, 413, 415, 422, 429, 503);

    /// <summary>Executes up to 1,000 writes of contacts and groups</summary>
    /// <remarks>
    /// In one transaction and in this order, each as it would be executed alone. An operation that fails changes nothing, and the others
    /// stand; with <c>atomic</c>, nothing is stored when one fails. An operation has at most 256 KiB.
    /// </remarks>
    private static Task<Answer> RunAsync(
        HttpContext http, Caller caller, JsonBody body, BulkWriter writer, CancellationToken cancellationToken) =>
        writer.RunAsync(caller, http.Features.GetRequiredFeature<BulkPlan>(), cancellationToken);

    // Before the key of a retry is claimed: that takes a connection, and who has one does not wait for a slot.
    private static async ValueTask<object?> EnterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var request = BulkRequest.Read(context.Arguments.OfType<JsonBody>().Single().Root);
        var caller = http.Features.GetRequiredFeature<Caller>();
        var plan = new BulkPlan(caller, services.GetRequiredService<RequestLimits>(), request);
        await services.GetRequiredService<BulkWriter>().EnterAsync(caller, plan, http.RequestAborted);
        http.Features.Set(plan);
        return await next(context);
    }
}
