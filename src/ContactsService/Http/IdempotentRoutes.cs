namespace ContactsService.Http;

/// <summary>Answers a request with an <c>Idempotency-Key</c>. The module Idempotency registers it.</summary>
/// <param name="http">The request.</param>
/// <param name="body">The body, which is part of what identifies a retry.</param>
/// <param name="write">Executes the request.</param>
internal delegate Task<Answer> IdempotentExecution(HttpContext http, JsonBody body, Func<Task<Answer>> write);

/// <summary>Routes that honour <c>Idempotency-Key</c>.</summary>
internal static class IdempotentRoutes
{
    public const string Header = "Idempotency-Key";

    /// <summary>Makes the route honour <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IdempotentRoute(InTransaction: true)).AddEndpointFilter(RunAsync);

    /// <summary>
    /// Makes the route honour <c>Idempotency-Key</c> without a transaction around the request. After a crash, and at the same moment, the
    /// request may run twice; its callers get one answer all the same.
    /// </summary>
    public static RouteHandlerBuilder IdempotentWithoutTransaction(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IdempotentRoute(InTransaction: false)).AddEndpointFilter(RunAsync);

    private static async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header].Count == 0)
        {
            return await next(context);
        }

        var execute = http.RequestServices.GetRequiredService<IdempotentExecution>();
        return await execute(
            http,
            context.Arguments.OfType<JsonBody>().Single(),
            // After the deadline has answered, the handler is not called.
            async () => await next(context) as Answer ?? throw new OperationCanceledException("The request was answered before it began."));
    }
}
