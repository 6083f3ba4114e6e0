using ContactsService.Books;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Routes for monitoring and orchestration.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        health.MapGet("/live", Live).Named("checkLiveness").Produces(204).Problems(400, 406);
        health.MapGet("/ready", ReadyAsync).Named("checkReadiness").Produces(204).Problems(400, 406, 503);
    }

    /// <summary>Checks that the process runs</summary>
    /// <remarks>Restart the process if this does not answer.</remarks>
    private static Answer Live() => Answer.NoContent();

    /// <summary>Checks that requests can be served</summary>
    /// <remarks>
    /// Answers 503 while the database is unavailable or read-only, or the service is stopping. It recovers without a restart.
    /// </remarks>
    private static async Task<Answer> ReadyAsync(BookProbe probe, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new ProblemException(Problems.Unavailable, "The service is stopping.");
        }

        return await probe.CheckAsync().WaitAsync(WaitLimit, cancellationToken)
            ? Answer.NoContent()
            : throw new ProblemException(Problems.Unavailable, "The database is read-only: reads are answered, writes are refused.");
    }
}
