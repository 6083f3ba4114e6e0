using System.Threading.RateLimiting;
using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Keeps one caller who asks without end from slowing down all others.</summary>
internal static class RateLimits
{
    /// <summary>A bucket for each caller; one for each address where there is no caller.</summary>
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
            Problems.TooManyRequests, $"A caller may make {limits.RequestsPerSecond} requests a second. Wait for the seconds in Retry-After.");
    });

    private static string Partition(HttpContext http) => http.Features.Get<Caller>() is { } caller
        ? caller.Own.PartitionKey : http.Connection.RemoteIpAddress?.ToString() ?? "";
}
