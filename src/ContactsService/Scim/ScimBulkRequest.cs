using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>A bulk request (RFC 7644, 3.7).</summary>
internal sealed record ScimBulkRequest(IReadOnlyList<ScimBulkOperation> Operations, int FailOnErrors)
{
    private const string Urn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    /// <summary>Reads the body.</summary>
    /// <exception cref="ScimException"><c>invalidSyntax</c>, <c>invalidValue</c>; 413.</exception>
    public static ScimBulkRequest Read(JsonElement body)
    {
        if (!body.TryGetProperty("schemas", out var schemas) || schemas.ValueKind != JsonValueKind.Array
            || !schemas.EnumerateArray().Any(urn => urn.ValueKind == JsonValueKind.String && urn.ValueEquals(Urn)))
        {
            throw ScimException.InvalidSyntax($"schemas is to contain {Urn}.");
        }

        if (!body.TryGetProperty(nameof(Operations), out var operations) || operations.ValueKind != JsonValueKind.Array)
        {
            throw ScimException.InvalidSyntax("Operations is a list.");
        }

        // 413 for this, too, and not 400: RFC 7644, 3.7.4.
        if (operations.GetArrayLength() > ScimDiscovery.BulkMaxOperations)
        {
            throw new ScimException(StatusCodes.Status413PayloadTooLarge, null, $"A bulk request has at most {ScimDiscovery.BulkMaxOperations} operations.");
        }

        var failOnErrors = int.MaxValue;
        if (body.TryGetProperty("failOnErrors", out var limit) && !(limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out failOnErrors) && failOnErrors > 0))
        {
            throw ScimException.InvalidValue("failOnErrors is a whole number from 1.");
        }

        return new([.. operations.EnumerateArray().Select(ScimBulkOperation.Read)], failOnErrors);
    }
}

/// <summary>One operation of a bulk request. What is wrong with it is its own error, not that of the request.</summary>
internal sealed record ScimBulkOperation(string Method, string Path, string? BulkId, string? Version, JsonElement? Data)
{
    /// <summary>Reads a list entry; what is no text counts as not there.</summary>
    public static ScimBulkOperation Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw ScimException.InvalidSyntax("An operation is an object.");
        }

        string? Text(string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return new(
            Text("method")?.ToUpperInvariant() ?? "",
            Text("path") ?? "",
            Text("bulkId"),
            Text("version"),
            entry.TryGetProperty("data", out var data) ? data : null);
    }
}
