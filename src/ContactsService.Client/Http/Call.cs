using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactsService.Client;

/// <summary>A request that can be made more than once.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Below the base address, without a slash in front.</param>
internal sealed record Call(HttpMethod Method, string Address)
{
    private string mediaType = "application/json";
    private byte[]? body;

    /// <summary>The version that must be current; null for any.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The version that the caller has; null for none.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Makes a POST one that can be repeated.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// True when the call may be repeated although it may have been done. RFC 9110, 9.2.2: a client repeats idempotent methods by itself. PATCH is
    /// none of them, even with a body that is: what others wrote in between would be overwritten. Its If-Match prevents that.
    /// </summary>
    public bool CanBeDoneTwice =>
        IdempotencyKey is not null || Method == HttpMethod.Get || Method == HttpMethod.Put || Method == HttpMethod.Delete || IfMatch is not null;

    /// <summary>A key that nobody else uses.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>A path of this and the escaped id.</summary>
    /// <exception cref="ArgumentException">The id is empty, or a path that would lead elsewhere: <c>.</c> or <c>..</c>.</exception>
    public static string Path(string parent, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return id is "." or ".."
            ? throw new ArgumentException("No address can carry the id '.' or '..'.", nameof(id))
            : $"{parent}/{Uri.EscapeDataString(id)}";
    }

    /// <summary>The same with a JSON body.</summary>
    public Call With<T>(T value, JsonTypeInfo<T> type) => this with { body = JsonSerializer.SerializeToUtf8Bytes(value, type) };

    /// <summary>The same with a merge patch.</summary>
    public Call With(PatchMembers patch) =>
        With(patch.ToJson(), ClientJson.Wire.JsonObject) with { mediaType = "application/merge-patch+json" };

    /// <summary>A message for one attempt.</summary>
    public HttpRequestMessage ToMessage(Uri baseAddress)
    {
        var message = new HttpRequestMessage(Method, new Uri(baseAddress, Address));
        Add("If-Match", IfMatch);
        Add("If-None-Match", IfNoneMatch);
        Add("Idempotency-Key", IdempotencyKey);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        return message;

        // HttpClient would refuse other characters only when it sends, in the way in which it tells lost connections.
        void Add(string name, string? value)
        {
            if (value is not null && (value.AsSpan().ContainsAnyExceptInRange(' ', '~') || !message.Headers.TryAddWithoutValidation(name, value)))
            {
                throw new ArgumentException($"{name} takes printable ASCII.", nameof(value));
            }
        }
    }
}
