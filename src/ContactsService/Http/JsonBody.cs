using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ContactsService.Http;

/// <summary>
/// The body of a request: read whole, within its time and size, and checked for everything that is wrong with
/// text and JSON as such. What a member means is up to the room that reads it.
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

    /// <summary>As it was sent; a retry is compared by it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A JSON object; all its strings can be stored.</summary>
    public JsonElement Root { get; }

    /// <summary>Binds the parameter of a handler.</summary>
    /// <exception cref="ProblemException"><c>unsupported-media-type</c>, <c>body-too-large</c>, <c>body-timeout</c>, <c>invalid-json</c>, <c>invalid-members</c>.</exception>
    public static async ValueTask<JsonBody> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        RefuseOtherMediaTypes(http.Request);
        var large = http.GetEndpoint()?.Metadata.GetMetadata<LargeBody>();
        if (large?.Bytes is not null)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = large.Bytes;
        }

        var bytes = await ReadAsync(http);
        return new(bytes, Parse(bytes, large));
    }

    private static void RefuseOtherMediaTypes(HttpRequest request)
    {
        var taken = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ["application/json"];
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && taken.Any(one => Is(type.MediaType, one))
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
            var reader = http.Request.BodyReader;
            ReadResult read;
            while (!(read = await reader.ReadAsync(deadline.Token)).IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            var bytes = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return bytes;
        }
        catch (OperationCanceledException late) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body came too slowly.", StatusCodes.Status408RequestTimeout, late);
        }
        catch (Exception broken) when (broken is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            // Kestrel's own exceptions cover most broken framing, but not the size of a chunk that overflows.
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, broken);
        }
        finally
        {
            answer?.Restart();
        }
    }

    private static JsonElement Parse(byte[] bytes, LargeBody? large)
    {
        if (bytes.Length == 0)
        {
            throw new ProblemException(Problems.InvalidJson, "There is no body. Send a JSON object.");
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new ProblemException(Problems.InvalidJson, "The body is not UTF-8.");
        }

        JsonElement root;
        try
        {
            root = JsonElement.Parse(bytes, Strict);
        }
        catch (JsonException unreadable)
        {
            // The parser's own message quotes the body; the place is enough to find the mistake.
            throw new ProblemException(
                Problems.InvalidJson,
                unreadable.LineNumber is null ? "The body has a member twice."
                    : IsTooDeep(bytes) ? $"The body is nested more than {MaxDepth} deep."
                    : $"The body stops being JSON near line {unreadable.LineNumber + 1}, byte {unreadable.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problems.InvalidJson, "A member's name holds half a surrogate pair.");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(Problems.InvalidJson, "The body is to be a JSON object.");
        }

        Check(root, large);
        return root;
    }

    // The parser has one exception for this and for what is no JSON.
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

    /// <summary>Checks the strings and lists of a body that stood in another one.</summary>
    /// <exception cref="ProblemException"><c>invalid-json</c>, <c>invalid-members</c>.</exception>
    public static void Check(JsonElement inner) => Check(inner, null);

    private static void Check(JsonElement root, LargeBody? large)
    {
        var errors = new MemberErrors();
        Check(root, "", large, errors);
        errors.ThrowIfAny();
    }

    // What is large holds a list without a limit; what stands in its entries under the inner name is another body, and checked by who reads it.
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
                    errors.Add(path, $"A list has at most {MaxEntries} entries.");
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
            throw new ProblemException(Problems.InvalidJson, "A member's name holds U+0000 or half a surrogate pair.");
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
            errors.Add(path, "Half a surrogate pair is no character.");
            return;
        }

        if (!TextLimits.IsStorable(text))
        {
            errors.Add(path, "U+0000 cannot be stored.");
        }
        else if (!TextLimits.IsShortEnough(text))
        {
            errors.Add(path, $"A string has at most {TextLimits.MaxTextLength} characters.");
        }
    }
}

/// <summary>Marks a route whose body may be larger, or whose lists directly in it may be as long as a body can hold.</summary>
/// <param name="Bytes">The largest body; null for the usual one.</param>
/// <param name="Inner">The member of a list's entries that is a body of its own; the room passes it to <see cref="JsonBody.Check(System.Text.Json.JsonElement)"/>.</param>
internal sealed record LargeBody(int? Bytes = null, string? Inner = null);
