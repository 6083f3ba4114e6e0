using System.Threading.RateLimiting;
using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Limits the rate of requests per caller.</summary>
internal static class RateLimits
{
    /// <summary>Adds a token bucket per caller, and one per address for requests without a caller.</summary>
    public static void AddRateLimits(this IServiceCollection services, RequestLimits limits) => services.AddRateLimiter(options =>
    {
        var rate = limits.RequestsPerSecond;
        var tokens = Math.Max(1, rate / 10);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.RequestsAtOnce,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / rate),
            QueueLimit = 0,
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            RateLimitPartition.GetTokenBucketLimiter(Partition(http), _ => bucket));
        options.OnRejected = (_, _) => throw new ProblemException(
            Problems.TooManyRequests,
            $"A caller may make {limits.RequestsPerSecond} requests per second. Send the request again after the seconds in Retry-After.");
    });

    private static string Partition(HttpContext http) => http.Features.Get<Caller>() is { } caller
        ? caller.Own.PartitionKey : http.Connection.RemoteIpAddress?.ToString() ?? "";
}
