using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ContactsService.Http;

/// <summary>
/// The JSON body of a request: read completely, within the limits of time and size, and checked for invalid text and JSON. The module that
/// reads it checks what the members mean.
/// </summary>
internal sealed class JsonBody
{
    private const int MaxEntries = 100;
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private JsonBody(byte[] bytes, JsonElement root)
    {
        Bytes = bytes;
        Root = root;
    }

    private static readonly JsonBody Empty = new([], JsonElement.Parse("{}"u8));

    /// <summary>The bytes as they were sent. Retries are compared by them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A JSON object; all its strings can be stored.</summary>
    public JsonElement Root { get; }

    /// <summary>Binds the parameter of a handler.</summary>
    /// <exception cref="ProblemException">
    /// <c>unsupported-media-type</c>, <c>body-too-large</c>, <c>body-timeout</c>, <c>invalid-json</c>, <c>invalid-members</c>.
    /// </exception>
    public static async ValueTask<JsonBody> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<OptionalBody>() is not null
            && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            return Empty;
        }

        RefuseOtherMediaTypes(http.Request);
        var large = http.GetEndpoint()?.Metadata.GetMetadata<LargeBody>();
        if (large?.Bytes is not null)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = large.Bytes;
        }

        var bytes = await ReadAsync(http);
        return new(bytes, Parse(bytes, large));
    }

    /// <summary>Throws when the body has members.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public void RequireEmpty()
    {
        var errors = new MemberErrors();
        foreach (var member in Root.EnumerateObject())
        {
            errors.Add(member.Name, "Unknown member. Leave the body out.");
        }

        errors.ThrowIfAny();
    }

    private static void RefuseOtherMediaTypes(HttpRequest request)
    {
        var accepted = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ["application/json"];
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && accepted.Any(mediaType => Is(type.MediaType, mediaType))
            && (type.CharSet is null || Is(type.CharSet.Trim('"'), "utf-8")))
        {
            return;
        }

        throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
    }

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(http.RequestServices.GetRequiredService<RequestLimits>().BodyTime);
        var answer = http.Features.Get<RequestDeadline>();
        answer?.Pause();
        try
        {
            return await ReadToEndAsync(http.Request.BodyReader, deadline.Token);
        }
        catch (OperationCanceledException timeout) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, timeout);
        }
        catch (Exception failure) when (
            failure is not (BadHttpRequestException or ConnectionResetException) && !http.RequestAborted.IsCancellationRequested)
        {
            // Kestrel has exceptions of its own for most invalid framing, but not for a chunk size that overflows.
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, failure);
        }
        finally
        {
            answer?.Resume();
        }
    }

    // Each part is consumed when it arrives. Parts that are only examined stay in Kestrel's pipe, which then cannot end a read when the
    // caller disconnects: Kestrel reads again and logs "Reading is already in progress".
    private static async Task<byte[]> ReadToEndAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(cancellationToken);
        if (read.IsCompleted)
        {
            return Take(reader, read); // most bodies arrive at once
        }

        var body = new ArrayBufferWriter<byte>();
        body.Write(Take(reader, read));
        while (!read.IsCompleted)
        {
            read = await reader.ReadAsync(cancellationToken);
            body.Write(Take(reader, read));
        }

        return body.WrittenSpan.ToArray();
    }

    private static byte[] Take(PipeReader reader, ReadResult read)
    {
        var bytes = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    private static JsonElement Parse(byte[] bytes, LargeBody? large)
    {
        if (bytes.Length == 0)
        {
            throw new ProblemException(Problems.InvalidJson, "The body is empty. Send a JSON object.");
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new ProblemException(Problems.InvalidJson, "The body is not valid UTF-8. Send JSON in UTF-8.");
        }

        JsonElement root;
        try
        {
            root = JsonElement.Parse(bytes, Strict);
        }
        catch (JsonException unreadable)
        {
            // The parser's own message quotes the body. The position is enough to find the mistake.
            throw new ProblemException(
                Problems.InvalidJson,
                unreadable.LineNumber is null ? "The body contains the same member twice. Send each member once."
                    : IsTooDeep(bytes) ? $"The body is nested more than {MaxDepth} levels deep."
                    : $"The body is not valid JSON near line {unreadable.LineNumber + 1}, byte {unreadable.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problems.InvalidJson, "A member name contains an unpaired surrogate.");
        }

        RequireObject(root);
        Check(root, large);
        return root;
    }

    private static void RequireObject(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(Problems.InvalidJson, "The body must be a JSON object.");
        }
    }

    // The parser throws the same exception for excessive depth and for invalid JSON.
    private static bool IsTooDeep(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == MaxDepth && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    /// <summary>Checks the strings and lists of a body that was contained in another one.</summary>
    /// <exception cref="ProblemException"><c>invalid-json</c>, <c>invalid-members</c>.</exception>
    public static void Check(JsonElement inner) => Check(inner, null);

    /// <summary>The same for a body that must be an object, with the lists that its own route takes.</summary>
    /// <param name="inner">The body; null when there is none.</param>
    /// <param name="large">True when lists at the top have no limit.</param>
    /// <exception cref="ProblemException"><c>invalid-json</c>, <c>invalid-members</c>.</exception>
    public static JsonElement Require(JsonElement? inner, bool large)
    {
        if (inner is not { } root)
        {
            throw new ProblemException(Problems.InvalidJson, "The body is empty. Send a JSON object.");
        }

        RequireObject(root);
        Check(root, large ? new LargeBody() : null);
        return root;
    }

    private static void Check(JsonElement root, LargeBody? large)
    {
        var errors = new MemberErrors();
        Check(root, "", large, errors);
        errors.ThrowIfAny();
    }

    // A large body holds a list without a limit. The inner member of its entries is another body, which its reader checks.
    private static void Check(JsonElement element, string path, LargeBody? large, MemberErrors errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(element, path, errors);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var name = ReadName(member);
                    if (path.Length == 0)
                    {
                        Check(member.Value, name, large, errors);
                    }
                    else if (large?.Inner is not { } inner || !Is(name, inner))
                    {
                        Check(member.Value, $"{path}.{name}", null, errors);
                    }
                }

                break;
            case JsonValueKind.Array:
                if (large is null && element.GetArrayLength() > MaxEntries)
                {
                    errors.Add(path, $"A list may have at most {MaxEntries} entries.");
                    break;
                }

                var i = 0;
                foreach (var entry in element.EnumerateArray())
                {
                    Check(entry, $"{path}[{i++}]", large, errors);
                }

                break;
        }
    }

    private static string ReadName(JsonProperty member)
    {
        try
        {
            return TextLimits.IsStorable(member.Name) ? member.Name : throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problems.InvalidJson, "A member name contains U+0000 or an unpaired surrogate.");
        }
    }

    private static void CheckText(JsonElement element, string path, MemberErrors errors)
    {
        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            errors.Add(path, "The string contains an unpaired surrogate.");
            return;
        }

        if (!TextLimits.IsStorable(text))
        {
            errors.Add(path, "The string contains U+0000, which cannot be stored.");
        }
        else if (!TextLimits.IsShortEnough(text))
        {
            errors.Add(path, $"A string may have at most {TextLimits.MaxTextLength} characters.");
        }
    }
}

/// <summary>Marks a route that takes a larger body, or whose top-level lists have no limit but the size of the body.</summary>
/// <param name="Bytes">The maximum size of the body in bytes; null for the configured one.</param>
/// <param name="Inner">
/// The member of a list's entries that is a body of its own. The module passes it to
/// <see cref="JsonBody.Check(System.Text.Json.JsonElement)"/>.
/// </param>
internal sealed record LargeBody(int? Bytes = null, string? Inner = null);
