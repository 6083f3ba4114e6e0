using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactsService.Client;

/// <summary>A complete response; of a stream, its beginning.</summary>
internal sealed record Reply(int Status, byte[] Body, string? ETag, TimeSpan? RetryAfter)
{
    /// <summary>True when the service may have executed an earlier attempt whose response was lost.</summary>
    public bool FollowsLostAnswer { get; init; }

    /// <summary>The body of a stream, which whoever reads it disposes; null when <see cref="Body"/> is all.</summary>
    public Stream? Stream { get; init; }

    /// <summary>Reads the body.</summary>
    /// <exception cref="JsonException">The body does not have the expected form.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("The service answered null.");

    public static async Task<Reply> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
        response.Headers.ETag?.ToString(),
        RetryDelay(response, clock));

    public static async Task<Reply> OfStreamAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new((int)response.StatusCode, [], null, null)
        {
            Stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
        };

    private static TimeSpan? RetryDelay(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
