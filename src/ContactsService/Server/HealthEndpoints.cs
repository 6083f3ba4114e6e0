using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>For whoever watches or restarts the service.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);

    /// <summary>Adds the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        health.MapGet("/live", Live).Named("checkLiveness").Produces(204).Problems(400, 406);
        health.MapGet("/ready", ReadyAsync).Named("checkReadiness").Produces(204).Problems(400, 406, 503);
    }

    /// <summary>Says that the process runs</summary>
    /// <remarks>If this does not answer, restart it.</remarks>
    private static Answer Live() => Answer.NoContent();

    /// <summary>Says that requests can be served</summary>
    /// <remarks>503 while the database is away or the service is stopping; it comes back by itself.</remarks>
    private static async Task<Answer> ReadyAsync(BookProbe probe, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new ProblemException(Problems.Unavailable, "The service is stopping.");
        }

        await probe.CheckAsync(cancellationToken).WaitAsync(WaitLimit, cancellationToken);
        return Answer.NoContent();
    }
}
