using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactsService.Client;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Relative to the base address, without a leading slash.</param>
internal sealed record Call(HttpMethod Method, string Address)
{
    private string mediaType = "application/json";
    private byte[]? body;

    /// <summary>The ETag that must be current; null for any.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The ETag that the caller has; null for none.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Makes a POST repeatable; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the service may wait before it answers; zero when it answers at once.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>True when a successful answer is a stream of events, which is read as it comes.</summary>
    public bool IsStream { get; init; }

    /// <summary>
    /// True when the call may be repeated although the service may have executed it. RFC 9110, 9.2.2: clients repeat idempotent methods.
    /// PATCH is not idempotent: a repeat could overwrite what others wrote in between. If-Match prevents that.
    /// </summary>
    public bool IsRepeatable =>
        IdempotencyKey is not null
        || Method == HttpMethod.Get
        || Method == HttpMethod.Put
        || Method == HttpMethod.Delete
        || IfMatch is not null;

    /// <summary>Creates a random key.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>Appends the escaped id to a path.</summary>
    /// <exception cref="ArgumentException">The id is empty, or <c>.</c> or <c>..</c>, which would name another path.</exception>
    public static string Path(string parent, string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return id is "." or ".."
            ? throw new ArgumentException("The id '.' or '..' cannot be part of an address.", nameof(id))
            : $"{parent}/{Uri.EscapeDataString(id)}";
    }

    /// <summary>Returns the call with a JSON body.</summary>
    public Call With<T>(T value, JsonTypeInfo<T> type) => With(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Returns the call with a body that is JSON already.</summary>
    public Call With(byte[] json) => this with { body = json };

    /// <summary>Returns the call with a merge patch.</summary>
    public Call With(PatchMembers patch) =>
        With(patch.ToJson(), ClientJson.Wire.JsonObject) with { mediaType = "application/merge-patch+json" };

    /// <summary>Creates the message of one attempt.</summary>
    public HttpRequestMessage ToMessage(Uri baseAddress)
    {
        var message = new HttpRequestMessage(Method, new Uri(baseAddress, Address));
        Add("If-Match", IfMatch);
        Add("If-None-Match", IfNoneMatch);
        Add("Idempotency-Key", IdempotencyKey);
        Add("Accept", IsStream ? "text/event-stream" : null);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        return message;

        // HttpClient would refuse other characters only when it sends, with the exception of a lost connection.
        void Add(string name, string? value)
        {
            if (value is not null
                && (value.AsSpan().ContainsAnyExceptInRange(' ', '~') || !message.Headers.TryAddWithoutValidation(name, value)))
            {
                throw new ArgumentException($"{name} must be printable ASCII.", nameof(value));
            }
        }
    }
}
