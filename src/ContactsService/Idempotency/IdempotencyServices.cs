using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Idempotency;

internal static class IdempotencyServices
{
    public static void AddIdempotency(this IServiceCollection services) => services
        .AddScoped<IdempotencyFilter>()
        .AddSingleton<IdempotentExecution>((http, body, write) =>
            http.RequestServices.GetRequiredService<IdempotencyFilter>().RunAsync(http, IdempotentRequest.Of(http, body), write))
        .AddSingleton(PeriodicPurge.Of<IdempotencyRecord>(now => record => record.Expires < now));
}
