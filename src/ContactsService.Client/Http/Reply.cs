using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactsService.Client;

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(int Status, byte[] Body, string? ETag, TimeSpan? RetryAfter)
{
    /// <summary>True when an earlier attempt of the call may have been done without an answer.</summary>
    public bool FollowsLostAnswer { get; init; }

    /// <summary>Reads the body.</summary>
    /// <exception cref="JsonException">It is not what was asked for.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("The service answered null.");

    public static async Task<Reply> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
        response.Headers.ETag?.ToString(),
        Pause(response, clock));

    private static TimeSpan? Pause(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
