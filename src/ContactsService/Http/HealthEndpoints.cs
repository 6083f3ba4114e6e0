using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Http;

/// <summary>For whoever watches or restarts the service.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Adds the routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        health.MapGet("/live", Live).Gives(204);
        health.MapGet("/ready", ReadyAsync).Gives(204).Refuses(503);
    }

    /// <summary>Says that the process runs</summary>
    /// <remarks>If this does not answer, restart it.</remarks>
    private static Answer Live() => Answer.Nothing();

    /// <summary>Says that requests can be served</summary>
    /// <remarks>503 while the database is away or the service is stopping; it comes back by itself.</remarks>
    private static async Task<Answer> ReadyAsync(Database database, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new ProblemException(Problems.Unavailable, "The service is stopping.");
        }

        return await database.ReadAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand("SELECT 1 FROM book LIMIT 1", connection);
                await command.ExecuteScalarAsync(cancellation);
                return Answer.Nothing();
            },
            cancellation).WaitAsync(Patience, cancellation);
    }
}
